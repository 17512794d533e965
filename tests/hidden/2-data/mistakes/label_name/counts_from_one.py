"""One place too far to the left.

fails: test_names_the_digits, test_names_the_classes_of_any_data_set
hint: Which place has the first name of a list?
"""


def label_name(dataset, label):
    return dataset.classes[label - 1]
