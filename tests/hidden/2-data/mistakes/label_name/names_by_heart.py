"""The ten names stand in the code.

fails: test_names_the_classes_of_any_data_set
hint: Whose names are these? In a data set of clothes, 7 is a sneaker.
"""


def label_name(dataset, label):
    names = ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"]
    return f"{label} - {names[label]}"
