"""The title is that of the picture before.

fails: test_titles_are_the_labels
hint: Which label is in the variable when the title is written?
"""


def show_grid(dataset, rows=5, cols=5):
    figure, axes = plt.subplots(rows, cols, squeeze=False)
    label = 0
    for ax in axes.flat:
        ax.set_title(str(label))
        image, label = dataset[random.randrange(len(dataset))]
        ax.imshow(image.squeeze(), cmap="gray")
        ax.axis("off")
    return figure
