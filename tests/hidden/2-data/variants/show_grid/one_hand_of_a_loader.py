"""One shuffled batch of a DataLoader."""


def show_grid(dataset, rows=5, cols=5):
    loader = DataLoader(dataset, batch_size=rows * cols, shuffle=True)
    X, y = next(iter(loader))
    fig = plt.figure(figsize=(cols, rows))
    for i in range(rows * cols):
        ax = fig.add_subplot(rows, cols, i + 1)
        ax.imshow(X[i].squeeze(0), cmap="gray_r")
        ax.set_title(f"label: {y[i].item()}")
        ax.axis("off")
    plt.close(fig)
    return fig
