"""label is taken for the index of a sample.

fails: test_names_the_digits, test_names_the_classes_of_any_data_set
hint: Is label the number of a class or the number of a sample?
"""


def label_name(dataset, label):
    return dataset.classes[dataset[label][1]]
