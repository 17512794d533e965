"""The label is written below, where axis("off") hides it.

fails: test_titles_are_the_labels
hint: The labels do not stand above the pictures. Which method writes there?
"""


def show_grid(dataset, rows=5, cols=5):
    figure = plt.figure(figsize=(8, 8))
    for i in range(1, rows * cols + 1):
        index = torch.randint(len(dataset), size=(1,)).item()
        image, label = dataset[index]
        ax = figure.add_subplot(rows, cols, i)
        ax.imshow(image.squeeze(), cmap="gray")
        ax.set_xlabel(str(label))
        ax.axis("off")
    return figure
