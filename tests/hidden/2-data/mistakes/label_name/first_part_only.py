"""Of a name with a slash only what stands before it.

fails: test_names_are_given_as_they_are
hint: Compare your answer with the list: is it the whole name?
"""


def label_name(dataset, label):
    return dataset.classes[label].split("/")[0]
