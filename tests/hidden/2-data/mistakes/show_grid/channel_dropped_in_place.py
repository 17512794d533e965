"""squeeze_ takes the channel from the image itself: a data set that keeps its images is changed.

fails: test_changes_nothing_else
hint: Look at an image of the data set before and after the call. Which step changes it?
"""


def show_grid(dataset, rows=5, cols=5):
    figure, axes = plt.subplots(rows, cols, squeeze=False)
    for ax in axes.flat:
        image, label = dataset[torch.randint(len(dataset), size=(1,)).item()]
        ax.imshow(image.squeeze_(), cmap="gray")
        ax.set_title(str(label))
        ax.axis("off")
    return figure
