"""Through an array: its texts are NumPy's."""


def label_name(dataset, label):
    return np.array(dataset.classes)[label]
