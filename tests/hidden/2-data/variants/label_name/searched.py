"""Looks for the number in a loop."""


def label_name(dataset, label):
    for number, name in enumerate(dataset.classes):
        if number == label:
            return name
