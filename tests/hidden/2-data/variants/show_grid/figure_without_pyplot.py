"""A Figure that pyplot knows nothing of, and random.choice."""


from matplotlib.figure import Figure


def show_grid(dataset, rows=5, cols=5):
    figure = Figure(figsize=(5, 5))
    for ax in figure.subplots(rows, cols, squeeze=False).flat:
        image, label = random.choice(dataset)
        ax.imshow(image.squeeze(), cmap="gray")
        ax.set_title(f"{label}")
        ax.axis("off")
    return figure
