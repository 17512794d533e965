"""The indices shuffled by random."""


def show_grid(dataset, rows=5, cols=5):
    indices = list(range(len(dataset)))
    random.shuffle(indices)
    figure, axes = plt.subplots(rows, cols, squeeze=False)
    for r in range(rows):
        for c in range(cols):
            image, label = dataset[indices.pop()]
            axes[r, c].imshow(np.squeeze(np.array(image)), cmap=plt.get_cmap("gist_gray"))
            axes[r, c].set_title(sample_label(dataset, label))
            axes[r, c].axis(False)
    plt.show()
    return figure


def sample_label(dataset, label):
    return "this is a " + dataset.classes[label].split(" - ")[1]
