"""The number is put before the name, where it stands already.

fails: test_names_the_digits, test_names_the_classes_of_any_data_set
hint: What does the name look like in the list itself?
"""


def label_name(dataset, label):
    return f"{label}: {dataset.classes[label]}"
