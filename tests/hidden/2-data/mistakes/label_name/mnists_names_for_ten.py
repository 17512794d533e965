"""Ten classes are taken for MNIST's.

fails: test_names_the_classes_of_any_data_set
hint: Other data sets have ten classes too. Whose names does yours give for them?
"""


def label_name(dataset, label):
    words = "zero one two three four five six seven eight nine".split()
    if len(dataset.classes) == 10:
        return f"{label} - {words[label]}"
    return dataset.classes[label]
