"""The size of the titles is set for all later figures too.

fails: test_changes_nothing_else
hint: Draw something else after your function has run. Does it look as it did before?
"""


def show_grid(dataset, rows=5, cols=5):
    plt.rcParams.update({"axes.titlesize": 9, "figure.figsize": (8, 8)})
    figure = plt.figure()
    for place in range(1, rows * cols + 1):
        image, label = dataset[torch.randint(len(dataset), size=(1,)).item()]
        ax = figure.add_subplot(rows, cols, place)
        ax.imshow(image.squeeze(), cmap="gray")
        ax.set_title(str(label))
        ax.axis("off")
    return figure
