"""The names are sorted before, so their places change.

fails: test_names_the_classes_of_any_data_set
hint: Does the order of the names mean something?
"""


def label_name(dataset, label):
    return sorted(dataset.classes)[label]
