"""The name is printed and not returned.

fails: test_names_the_digits, test_names_the_classes_of_any_data_set
hint: Your function gives None. Which line returns the result?
"""


def label_name(dataset, label):
    print(dataset.classes[label])
