"""The pictures come from the storage of the data set, not from dataset[i].

fails: test_shows_images_of_the_data_set_upright
hint: Is it the image that dataset[i] gives? A transform may change the picture.
"""


def show_grid(dataset, rows=5, cols=5):
    figure, axes = plt.subplots(rows, cols, squeeze=False)
    for ax in axes.flat:
        index = random.randrange(len(dataset))
        ax.imshow(dataset.data[index], cmap="gray")
        ax.set_title(int(dataset.targets[index]))
        ax.axis("off")
    return figure
