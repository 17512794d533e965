"""axes[row, col] fails for a single row, where subplots gives one axis only.

fails: test_grid_has_the_rows_and_columns_that_are_asked_for
hint: A single row of axes has another form than several rows. What does squeeze=False do?
"""


def show_grid(dataset, rows=5, cols=5):
    figure, axes = plt.subplots(rows, cols)
    for row in range(rows):
        for col in range(cols):
            image, label = dataset[random.randrange(len(dataset))]
            axes[row, col].imshow(image.squeeze(), cmap="gray")
            axes[row, col].set_title(label)
            axes[row, col].axis("off")
    return figure
