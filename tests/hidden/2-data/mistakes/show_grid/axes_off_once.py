"""plt.axis("off") after the loop reaches the last picture only.

fails: test_there_are_no_axes_around_the_images
hint: Only one picture is without ticks. For which of them are they switched off?
"""


def show_grid(dataset, rows=5, cols=5):
    figure = plt.figure(figsize=(8, 8))
    for i in range(1, rows * cols + 1):
        index = torch.randint(len(dataset), size=(1,)).item()
        image, label = dataset[index]
        ax = figure.add_subplot(rows, cols, i)
        ax.imshow(image.squeeze(), cmap="gray")
        ax.set_title(str(label))
    plt.axis("off")
    return figure
