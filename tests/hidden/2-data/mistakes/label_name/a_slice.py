"""A list with one name instead of the name.

fails: test_names_the_digits, test_names_the_classes_of_any_data_set
hint: What is the difference between [3] and [3:4]?
"""


def label_name(dataset, label):
    return dataset.classes[label : label + 1]
