"""Without a colour map numbers turn into blue, green and yellow.

fails: test_images_are_grey
hint: The pictures are in colours. Which colours do the numbers of an image turn into?
"""


def show_grid(dataset, rows=5, cols=5):
    figure = plt.figure(figsize=(8, 8))
    for i in range(1, rows * cols + 1):
        index = torch.randint(len(dataset), size=(1,)).item()
        image, label = dataset[index]
        ax = figure.add_subplot(rows, cols, i)
        ax.imshow(image.squeeze())
        ax.set_title(str(label))
        ax.axis("off")
    return figure
