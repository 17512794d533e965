"""The title names all digits, so that the right one is among them.

fails: test_titles_are_the_labels
hint: Which of the digits in the title is on the picture?
"""


def show_grid(dataset, rows=5, cols=5):
    figure, axes = plt.subplots(rows, cols, squeeze=False)
    for ax in axes.flat:
        index = torch.randint(len(dataset), size=(1,)).item()
        image, _ = dataset[index]
        ax.imshow(image[0], cmap="gray")
        ax.set_title("one of 0, 1, 2, 3, 4, 5, 6, 7, 8, 9")
        ax.axis("off")
    return figure
