"""Columns flipped and the axis turned around: on the screen as the data set gives it."""


def show_grid(dataset, rows=5, cols=5):
    figure, axes = plt.subplots(rows, cols, squeeze=False)
    for ax in axes.flat:
        image, label = dataset[torch.randint(len(dataset), (1,)).item()]
        ax.imshow(image[0].flip(1), cmap="gray")
        ax.invert_xaxis()
        ax.set_title(label)
        ax.axis("off")
    return figure
