"""Samples without repetition, names as titles."""


def show_grid(dataset, rows=5, cols=5):
    fig, axs = plt.subplots(rows, cols, figsize=(2 * cols, 2 * rows), squeeze=False)
    order = torch.randperm(len(dataset))[: rows * cols].tolist()
    for index, ax in zip(order, axs.ravel()):
        image, label = dataset[index]
        ax.imshow(image[0].numpy(), cmap="Greys")
        ax.set_title(dataset.classes[label], fontsize=9)
        ax.set_axis_off()
    fig.tight_layout()
    return fig
