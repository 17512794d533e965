"""The dict, turned around."""


def label_name(dataset, label):
    names = {number: name for name, number in dataset.class_to_idx.items()}
    return names[label]
