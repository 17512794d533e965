"""The names of torchvision's MNIST, whatever the data set.

fails: test_names_the_classes_of_any_data_set
hint: Whose names are these? In a data set of clothes, 7 is a sneaker.
"""


def label_name(dataset, label):
    return datasets.MNIST.classes[label]
