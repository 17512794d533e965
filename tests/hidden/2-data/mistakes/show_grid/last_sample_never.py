"""One is taken off a bound that is left out already.

fails: test_every_sample_can_be_drawn
hint: Which is the highest index that can be drawn, and which is the last of the data set?
"""


def show_grid(dataset, rows=5, cols=5):
    figure, axes = plt.subplots(rows, cols, squeeze=False)
    for ax in axes.flat:
        index = np.random.randint(0, len(dataset) - 1)
        image, label = dataset[index]
        ax.imshow(image[0], cmap="gray")
        ax.set_title(str(label))
        ax.axis("off")
    return figure
