"""The index is drawn below half the length of the data set.

fails: test_samples_are_drawn_at_random
hint: Can a sample of the second half of the data set be drawn?
"""


def show_grid(dataset, rows=5, cols=5):
    figure, axes = plt.subplots(rows, cols, squeeze=False)
    for ax in axes.flat:
        index = random.randrange(len(dataset) // 2)
        image, label = dataset[index]
        ax.imshow(image[0], cmap="gray")
        ax.set_title(str(label))
        ax.axis("off")
    return figure
