"""The names of torchvision's MNIST, whatever the data set.

fails: test_names_the_classes_of_any_data_set
hint: Whose names are these: those of the data set that the function was given? In one of clothes, 7 is no digit.
"""


def label_name(dataset, label):
    return datasets.MNIST.classes[label]
