"""The seed is set inside: every wall is the same.

fails: test_samples_are_drawn_at_random
hint: What do two calls in a row show?
"""


def show_grid(dataset, rows=5, cols=5):
    torch.manual_seed(0)
    figure = plt.figure(figsize=(8, 8))
    for i in range(1, rows * cols + 1):
        index = torch.randint(len(dataset), size=(1,)).item()
        image, label = dataset[index]
        ax = figure.add_subplot(rows, cols, i)
        ax.imshow(image.squeeze(), cmap="gray")
        ax.set_title(str(label))
        ax.axis("off")
    return figure
