"""The name is turned into small letters.

fails: test_names_are_given_as_they_are
hint: Compare your answer with the list, letter by letter, for a name with a capital letter.
"""


def label_name(dataset, label):
    return dataset.classes[label].lower()
