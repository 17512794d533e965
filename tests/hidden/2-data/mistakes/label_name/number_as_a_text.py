"""The number is turned into a text.

fails: test_names_the_digits, test_names_the_classes_of_any_data_set
hint: Is a number a name, only because it stands in quotes?
"""


def label_name(dataset, label):
    return str(label)
