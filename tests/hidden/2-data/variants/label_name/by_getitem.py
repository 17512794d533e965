"""The method behind the brackets, and int to be sure."""


def label_name(dataset, label):
    classes = getattr(dataset, "classes")
    return str(classes.__getitem__(int(label)))
