"""plt.subplots gets cols before rows.

fails: test_grid_has_the_rows_and_columns_that_are_asked_for
hint: Your grid is as high as it should be wide. Which number comes first where it is made?
"""


def show_grid(dataset, rows=5, cols=5):
    figure, axes = plt.subplots(ncols=rows, nrows=cols, squeeze=False)
    for ax in axes.flat:
        image, label = dataset[random.randrange(len(dataset))]
        ax.imshow(image[0], cmap="gray")
        ax.set_title(label)
        ax.axis("off")
    return figure
