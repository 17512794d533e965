"""The samples are the argument's, the names those of the notebook's test_data.

fails: test_titles_are_the_labels
hint: Are the names those of the data set that was handed in?
"""


def show_grid(dataset, rows=5, cols=5):
    figure, axes = plt.subplots(rows, cols, figsize=(8, 8), squeeze=False)
    for ax in axes.flat:
        index = torch.randint(len(dataset), size=(1,)).item()
        image, label = dataset[index]
        ax.imshow(image.squeeze(), cmap="gray")
        ax.set_title(label_name(test_data, label))
        ax.axis("off")
    return figure
