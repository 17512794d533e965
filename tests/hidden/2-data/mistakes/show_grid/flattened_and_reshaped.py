"""reshape(28, 28).flip turns the picture around.

fails: test_shows_images_of_the_data_set_upright
hint: Where is the first row of the image on the screen?
"""


def show_grid(dataset, rows=5, cols=5):
    figure = plt.figure(figsize=(8, 8))
    for i in range(1, rows * cols + 1):
        index = torch.randint(len(dataset), size=(1,)).item()
        image, label = dataset[index]
        ax = figure.add_subplot(rows, cols, i)
        ax.imshow(image.reshape(28, 28).flip(0), cmap="gray")
        ax.set_title(str(label))
        ax.axis("off")
    return figure
