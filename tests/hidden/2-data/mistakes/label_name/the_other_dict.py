"""class_to_idx goes from names to numbers: a KeyError.

fails: test_names_the_digits, test_names_the_classes_of_any_data_set
hint: Which of the two attributes answers a number with a name?
"""


def label_name(dataset, label):
    return dataset.class_to_idx[label]
