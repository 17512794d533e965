"""The first samples in their order, nothing is drawn.

fails: test_samples_are_drawn_at_random
hint: Which of the 60,000 digits will you never see?
"""


def show_grid(dataset, rows=5, cols=5):
    figure = plt.figure(figsize=(8, 8))
    for i in range(1, rows * cols + 1):
        index = i - 1
        image, label = dataset[index]
        ax = figure.add_subplot(rows, cols, i)
        ax.imshow(image.squeeze(), cmap="gray")
        ax.set_title(str(label))
        ax.axis("off")
    return figure
