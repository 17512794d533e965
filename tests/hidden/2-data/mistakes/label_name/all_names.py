"""The whole list is returned.

fails: test_names_the_digits, test_names_the_classes_of_any_data_set
hint: Which of the names is asked for?
"""


def label_name(dataset, label):
    return dataset.classes
