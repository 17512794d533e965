"""The origin below, and the axis turned around: upright on the screen."""


def show_grid(dataset, rows=5, cols=5):
    figure, axes = plt.subplots(rows, cols, squeeze=False)
    for ax in axes.flat:
        image, label = dataset[torch.randint(len(dataset), (1,)).item()]
        ax.imshow(image[0], cmap="gray", origin="lower")
        ax.invert_yaxis()
        ax.set_title(label)
        ax.axis("off")
    return figure
