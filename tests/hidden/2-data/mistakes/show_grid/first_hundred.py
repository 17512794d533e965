"""The index is drawn below 100, whatever the size of the data set.

fails: test_samples_are_drawn_at_random
hint: Can every sample of the data set be drawn?
"""


def show_grid(dataset, rows=5, cols=5):
    figure = plt.figure(figsize=(8, 8))
    for i in range(1, rows * cols + 1):
        index = random.randint(0, 99)
        image, label = dataset[index]
        ax = figure.add_subplot(rows, cols, i)
        ax.imshow(image.squeeze(), cmap="gray")
        ax.set_title(str(label))
        ax.axis("off")
    return figure
