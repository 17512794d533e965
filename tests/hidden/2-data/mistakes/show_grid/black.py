"""vmax=255 with values up to 1: all pictures are black.

fails: test_shows_images_of_the_data_set_upright
hint: From which number to which do the pixels go, and from which to which does the colour map?
"""


def show_grid(dataset, rows=5, cols=5):
    figure = plt.figure(figsize=(8, 8))
    for i in range(1, rows * cols + 1):
        index = torch.randint(len(dataset), size=(1,)).item()
        image, label = dataset[index]
        ax = figure.add_subplot(rows, cols, i)
        ax.imshow(image.squeeze(), cmap="gray", vmin=0, vmax=255)
        ax.set_title(str(label))
        ax.axis("off")
    return figure
