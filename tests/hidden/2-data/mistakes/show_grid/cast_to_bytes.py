"""The cast to whole numbers makes 0 of all that is below 1.

fails: test_shows_images_of_the_data_set_upright, test_titles_are_the_labels, test_grid_has_the_rows_and_columns_that_are_asked_for, test_samples_are_drawn_at_random, test_images_are_grey, test_there_are_no_axes_around_the_images
hint: Nearly all numbers of your pictures are 0. What has become of 0.7?
"""


def show_grid(dataset, rows=5, cols=5):
    figure, axes = plt.subplots(rows, cols, squeeze=False)
    for ax in axes.flat:
        image, label = dataset[random.randrange(len(dataset))]
        ax.imshow(image.squeeze().to(torch.uint8), cmap="gray")
        ax.set_title(label)
        ax.axis("off")
    return figure
