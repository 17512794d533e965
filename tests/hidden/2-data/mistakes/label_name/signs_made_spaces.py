"""Underscores become spaces, which reads more nicely.

fails: test_names_are_given_as_they_are
hint: Compare your answer with the list, letter by letter, for a name with other signs in it.
"""


def label_name(dataset, label):
    name = dataset.classes[label]
    return " ".join(name.split("_"))
