"""index looks for the number among the names.

fails: test_names_the_digits, test_names_the_classes_of_any_data_set
hint: You know the place and want the name. Which way round does your code go?
"""


def label_name(dataset, label):
    return dataset.classes.index(label)
