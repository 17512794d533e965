"""An ImageGrid of mpl_toolkits, which places its axes when it is drawn."""


from mpl_toolkits.axes_grid1 import ImageGrid


def show_grid(dataset, rows=5, cols=5):
    figure = plt.figure(figsize=(8, 8))
    for ax in ImageGrid(figure, 111, nrows_ncols=(rows, cols), axes_pad=0.3):
        image, label = dataset[random.randrange(len(dataset))]
        ax.imshow(image[0], cmap="gray")
        ax.set_title(label)
        ax.axis("off")
    return figure
