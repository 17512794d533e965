"""The label in TeX, with the number of the sample behind it."""


def show_grid(dataset, rows=5, cols=5):
    options = {"xticks": [], "yticks": []}
    figure, axes = plt.subplots(rows, cols, squeeze=False, subplot_kw=options)
    for ax, index in zip(axes.ravel(), np.random.permutation(len(dataset))):
        image, label = dataset[index]
        ax.imshow(image.squeeze(), cmap="gray")
        ax.set_title(r"$\mathbf{%d}$ (sample %d)" % (label, index))
    return figure
