"""The numbers turn into the colours of a map.

fails: test_images_are_grey
hint: The pictures are in colours. Which colours do the numbers of an image turn into?
"""


def show_grid(dataset, rows=5, cols=5):
    figure, axes = plt.subplots(rows, cols, squeeze=False)
    for ax in axes.flat:
        image, label = dataset[random.randrange(len(dataset))]
        ax.imshow(image[0], cmap="jet")
        ax.set_title(label)
        ax.axis("off")
    return figure
