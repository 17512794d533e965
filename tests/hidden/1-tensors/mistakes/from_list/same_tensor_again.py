"""A list that was seen before gives the same tensor once more.

fails: test_leaves_the_list_as_it_was
hint: Call it twice with the same list, and write into the first result: what does the second one show?
"""


made = {}


def from_list(values):
    return made.setdefault(str(values), torch.tensor(values))
