"""All through pyplot, with the picture in bytes."""


def show_grid(dataset, rows=5, cols=5):
    plt.figure(figsize=(8, 8))
    indices = np.random.choice(len(dataset), rows * cols, replace=False)
    for i, index in enumerate(indices):
        image, label = dataset[int(index)]
        plt.subplot(rows, cols, i + 1)
        plt.imshow((image.reshape(28, 28) * 255).byte(), cmap="gray")
        plt.title(label)
        plt.axis("off")
    return plt.gcf()
