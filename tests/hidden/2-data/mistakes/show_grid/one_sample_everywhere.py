"""The index is drawn once, before the loop.

fails: test_samples_are_drawn_at_random
hint: How often is an index drawn, and how many pictures are there?
"""


def show_grid(dataset, rows=5, cols=5):
    figure = plt.figure(figsize=(8, 8))
    index = random.randrange(len(dataset))
    for i in range(1, rows * cols + 1):
        image, label = dataset[index]
        ax = figure.add_subplot(rows, cols, i)
        ax.set_title(str(label))
        ax.axis("off")
        ax.imshow(image.squeeze(), cmap="gray")
    return figure
