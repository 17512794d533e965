"""The map bone has a touch of blue.

fails: test_images_are_grey
hint: Are red, green and blue equal in your pictures?
"""


def show_grid(dataset, rows=5, cols=5):
    figure = plt.figure(figsize=(8, 8))
    for i in range(1, rows * cols + 1):
        index = torch.randint(len(dataset), size=(1,)).item()
        image, label = dataset[index]
        ax = figure.add_subplot(rows, cols, i)
        ax.imshow(image.squeeze(), cmap="bone")
        ax.set_title(str(label))
        ax.axis("off")
    return figure
