"""The ten names stand in the code.

fails: test_names_the_classes_of_any_data_set
hint: Whose names are these: those of the data set that the function was given? In one of clothes, 7 is no digit.
"""


def label_name(dataset, label):
    names = ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"]
    return f"{label} - {names[label]}"
