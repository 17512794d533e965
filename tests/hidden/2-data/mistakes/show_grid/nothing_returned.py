"""The figure is shown and not returned.

fails: test_shows_images_of_the_data_set_upright, test_titles_are_the_labels, test_grid_has_the_rows_and_columns_that_are_asked_for, test_samples_are_drawn_at_random, test_images_are_grey, test_there_are_no_axes_around_the_images
hint: A figure is asked for. What does type(...) say of what your function returns?
"""


def show_grid(dataset, rows=5, cols=5):
    figure = plt.figure(figsize=(8, 8))
    for i in range(1, rows * cols + 1):
        index = torch.randint(len(dataset), size=(1,)).item()
        image, label = dataset[index]
        ax = figure.add_subplot(rows, cols, i)
        ax.imshow(image.squeeze(), cmap="gray")
        ax.set_title(str(label))
        ax.axis("off")
