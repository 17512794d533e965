"""The grey copied into red, green and blue."""


def show_grid(dataset, rows=5, cols=5):
    figure = plt.figure(figsize=(8, 8))
    chosen = random.sample(range(len(dataset)), rows * cols)
    for place, index in enumerate(chosen, start=1):
        image, label = dataset[index]
        ax = figure.add_subplot(rows, cols, place)
        ax.imshow(image.expand(3, -1, -1).permute(1, 2, 0))
        ax.set_title("#%d: %s" % (index, dataset.classes[label]))
        ax.axis("off")
    return figure
