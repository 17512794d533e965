"""index looks for the number among the names.

fails: test_names_the_digits, test_names_the_classes_of_any_data_set
hint: index looks for something and tells its place. You know the place already.
"""


def label_name(dataset, label):
    return dataset.classes.index(label)
