"""The number is cut off the name.

fails: test_names_the_digits
hint: Is it the whole name, as it stands in the list?
"""


def label_name(dataset, label):
    return dataset.classes[label].split(" - ")[-1]
