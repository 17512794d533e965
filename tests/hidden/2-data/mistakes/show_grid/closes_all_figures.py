"""Figures that were open before are closed.

fails: test_changes_nothing_else
hint: Open a figure, then call your function. What becomes of the figure that was open?
"""


def show_grid(dataset, rows=5, cols=5):
    plt.close("all")
    figure, axes = plt.subplots(rows, cols)
    for ax, i in zip(axes.flat, torch.randperm(len(dataset)).tolist(), strict=False):
        image, label = dataset[i]
        ax.imshow(image.squeeze(), cmap="gray")
        ax.set_title(str(label))
        ax.axis("off")
    return figure
