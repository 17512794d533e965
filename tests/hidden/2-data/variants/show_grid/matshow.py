"""matshow, negative, axes made invisible one by one."""


def show_grid(dataset, rows=5, cols=5):
    figure, axes = plt.subplots(nrows=rows, ncols=cols, figsize=(10, 10))
    for ax in np.array(axes).reshape(-1):
        image, label = dataset[torch.randint(0, len(dataset), ())]
        ax.matshow(1 - image[0], cmap=plt.cm.Greys_r)
        ax.set_title(str(label), loc="left")
        ax.xaxis.set_visible(False)
        ax.yaxis.set_visible(False)
    return figure
