"""t_ turns b itself, to have its columns as rows.

fails: test_leaves_a_and_b_as_they_were, test_multiplies_anew_at_each_call
hint: After the call, b is another one. Which step works on b itself?
"""


def matrix_product(a, b):
    columns = b.t_()
    return (a[:, None] * columns).sum(dim=2)
