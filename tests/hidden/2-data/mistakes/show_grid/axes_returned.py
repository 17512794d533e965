"""The array of axes is returned, not the figure.

fails: test_shows_images_of_the_data_set_upright, test_titles_are_the_labels, test_grid_has_the_rows_and_columns_that_are_asked_for, test_samples_are_drawn_at_random, test_images_are_grey, test_there_are_no_axes_around_the_images
hint: A figure is asked for. What does type(...) say of what your function returns?
"""


def show_grid(dataset, rows=5, cols=5):
    figure, axes = plt.subplots(rows, cols)
    for ax in axes.flatten():
        image, label = dataset[random.randrange(len(dataset))]
        ax.imshow(image.squeeze(), cmap="gray")
        ax.set_title(label)
        ax.axis("off")
    return axes
