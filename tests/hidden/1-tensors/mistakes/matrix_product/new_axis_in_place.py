"""unsqueeze_ gives a itself a third axis.

fails: test_leaves_a_and_b_as_they_were, test_multiplies_anew_at_each_call
hint: After the call, a has another shape. Which step works on a itself?
"""


def matrix_product(a, b):
    return (a.unsqueeze_(2) * b).sum(dim=1)
