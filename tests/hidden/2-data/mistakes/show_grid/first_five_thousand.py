"""The index is drawn from the first 5,000 samples only.

fails: test_samples_are_drawn_at_random
hint: Can a sample of the second half of the data set be drawn?
"""


def show_grid(dataset, rows=5, cols=5):
    count = min(len(dataset), 5000)
    figure, axes = plt.subplots(rows, cols, squeeze=False)
    for ax in axes.flat:
        image, label = dataset[random.randrange(count)]
        ax.imshow(image.squeeze(), cmap="gray")
        ax.set_title(label)
        ax.axis("off")
    return figure
