"""Through a dict made of the list."""


def label_name(dataset, label):
    return dict(enumerate(dataset.classes)).get(label)
