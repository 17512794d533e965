"""No new figure is made: the second wall is painted over the first.

fails: test_grid_has_the_rows_and_columns_that_are_asked_for
hint: On which sheet does the second call draw?
"""


def show_grid(dataset, rows=5, cols=5):
    figure = plt.figure(1, figsize=(8, 8))
    for i in range(1, rows * cols + 1):
        image, label = dataset[random.randrange(len(dataset))]
        plt.subplot(rows, cols, i)
        plt.imshow(image.squeeze(), cmap="gray")
        plt.title(str(label))
        plt.axis("off")
    return figure
