"""plt.gray() makes grey the colours of all later pictures too.

fails: test_changes_nothing_else
hint: Show a picture of another kind after your function has run. Which colours has it?
"""


def show_grid(dataset, rows=5, cols=5):
    figure, axes = plt.subplots(rows, cols, squeeze=False)
    plt.gray()
    for ax in axes.flat:
        image, label = dataset[random.randrange(len(dataset))]
        ax.imshow(image.squeeze())
        ax.set_title(label)
        ax.axis("off")
    return figure
