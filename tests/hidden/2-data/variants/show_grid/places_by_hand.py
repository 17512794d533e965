"""Axes put on the figure by hand, the shades from 0 to 255."""


def show_grid(dataset, rows=5, cols=5):
    figure = plt.figure()
    for row in range(rows):
        for col in range(cols):
            place = [col / cols, 1 - (row + 1) / rows, 0.8 / cols, 0.7 / rows]
            ax = figure.add_axes(place)
            image, label = dataset[int(torch.rand(1).item() * len(dataset))]
            ax.imshow(image.squeeze().numpy() * 255, cmap="gray", vmin=0, vmax=255)
            ax.set_title(label)
            ax.axis("off")
    return figure
