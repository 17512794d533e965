"""Places by a GridSpec, limits of the shades given."""


def show_grid(dataset, rows=5, cols=5):
    figure = plt.figure()
    grid = figure.add_gridspec(rows, cols, wspace=0.1, hspace=0.4)
    for place in range(rows * cols):
        image, label = dataset[torch.randint(len(dataset), (1,)).item()]
        ax = figure.add_subplot(grid[place // cols, place % cols])
        ax.imshow(image.squeeze(), cmap="gray", vmin=0, vmax=1)
        ax.set_title(str(label))
        ax.tick_params(left=False, bottom=False, labelleft=False, labelbottom=False)
    figure.suptitle("some digits")
    return figure
