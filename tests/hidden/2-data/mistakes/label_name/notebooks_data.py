"""The notebook's train_data is asked, not the argument.

fails: test_names_the_classes_of_any_data_set
hint: Which data set is asked for its names?
"""


def label_name(dataset, label):
    return train_data.classes[label]
