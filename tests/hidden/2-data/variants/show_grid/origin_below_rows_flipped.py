"""Rows flipped and the origin below: upright on the screen."""


def show_grid(dataset, rows=5, cols=5):
    figure, axes = plt.subplots(rows, cols, squeeze=False)
    for ax in axes.flat:
        image, label = dataset[torch.randint(len(dataset), (1,)).item()]
        ax.imshow(image.squeeze().flip(0), cmap="gray", origin="lower")
        ax.set_title(label)
        ax.axis("off")
    return figure
