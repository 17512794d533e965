""".T of three axes puts the channel last and swaps rows and columns, which imshow accepts.

fails: test_shows_images_of_the_data_set_upright
hint: Do rows stay rows in what you show? Only the axis of the channel has to go.
"""


def show_grid(dataset, rows=5, cols=5):
    figure = plt.figure(figsize=(8, 8))
    for i in range(1, rows * cols + 1):
        index = torch.randint(len(dataset), size=(1,)).item()
        image, label = dataset[index]
        ax = figure.add_subplot(rows, cols, i)
        ax.imshow(image.T, cmap="gray")
        ax.set_title(str(label))
        ax.axis("off")
    return figure
