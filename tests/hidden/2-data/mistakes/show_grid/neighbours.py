"""A random beginning, and then one after the other.

fails: test_samples_are_drawn_at_random
hint: Is each of the samples drawn, or only the first of them?
"""


def show_grid(dataset, rows=5, cols=5):
    figure = plt.figure(figsize=(8, 8))
    start = random.randrange(len(dataset) - rows * cols)
    for i in range(rows * cols):
        image, label = dataset[start + i]
        ax = figure.add_subplot(rows, cols, i + 1)
        ax.set_title(str(label))
        ax.axis("off")
        ax.imshow(image.squeeze(), cmap="gray")
    return figure
