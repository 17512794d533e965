"""Each picture brings a colour bar along: axes that nobody asked for.

fails: test_grid_has_the_rows_and_columns_that_are_asked_for
hint: How many axes has your figure, and how many pictures?
"""


def show_grid(dataset, rows=5, cols=5):
    figure, axes = plt.subplots(rows, cols, squeeze=False)
    for ax in axes.flat:
        image, label = dataset[random.randrange(len(dataset))]
        shown = ax.imshow(image.squeeze(), cmap="gray")
        figure.colorbar(shown)
        ax.set_title(label)
        ax.axis("off")
    return figure
