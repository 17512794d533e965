"""The title says tensor(7).

fails: test_titles_are_plain_text
hint: What does the text of a tensor with one element look like?
"""


def show_grid(dataset, rows=5, cols=5):
    figure = plt.figure(figsize=(8, 8))
    for i in range(1, rows * cols + 1):
        index = torch.randint(len(dataset), size=(1,)).item()
        image, label = dataset[index]
        ax = figure.add_subplot(rows, cols, i)
        ax.imshow(image.squeeze(), cmap="gray")
        ax.set_title(torch.tensor(label))
        ax.axis("off")
    return figure
