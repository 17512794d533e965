"""Image and label come from two samples.

fails: test_titles_are_the_labels
hint: How often is an index drawn for one picture?
"""


def show_grid(dataset, rows=5, cols=5):
    figure = plt.figure(figsize=(8, 8))
    for i in range(1, rows * cols + 1):
        index = torch.randint(len(dataset), size=(1,)).item()
        image = dataset[index][0]
        label = dataset[random.randrange(len(dataset))][1]
        ax = figure.add_subplot(rows, cols, i)
        ax.imshow(image.squeeze(), cmap="gray")
        ax.set_title(str(label))
        ax.axis("off")
    return figure
