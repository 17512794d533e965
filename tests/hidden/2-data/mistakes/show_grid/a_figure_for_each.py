"""Each picture gets a figure of its own; the last one is returned.

fails: test_shows_images_of_the_data_set_upright, test_titles_are_the_labels, test_grid_has_the_rows_and_columns_that_are_asked_for, test_samples_are_drawn_at_random, test_images_are_grey, test_there_are_no_axes_around_the_images
hint: The figure that comes back holds one picture. Where are the others?
"""


def show_grid(dataset, rows=5, cols=5):
    for i in range(rows * cols):
        image, label = dataset[random.randrange(len(dataset))]
        figure = plt.figure()
        plt.imshow(image.squeeze(), cmap="gray")
        plt.title(label)
        plt.axis("off")
    return figure
