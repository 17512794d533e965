"""origin="lower" puts row 0 at the bottom.

fails: test_shows_images_of_the_data_set_upright
hint: Where is the first row of the image on the screen?
"""


def show_grid(dataset, rows=5, cols=5):
    figure = plt.figure(figsize=(8, 8))
    for i in range(1, rows * cols + 1):
        index = torch.randint(len(dataset), size=(1,)).item()
        image, label = dataset[index]
        ax = figure.add_subplot(rows, cols, i)
        ax.imshow(image.squeeze(), cmap="gray", origin="lower")
        ax.set_title(str(label))
        ax.axis("off")
    return figure
