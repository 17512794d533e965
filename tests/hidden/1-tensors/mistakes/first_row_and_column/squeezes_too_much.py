"""squeeze also removes the other axis where its size is 1.

fails: test_gives_both_with_one_axis
hint: Where only one element is left, its axis is gone too. Which step takes axes of size 1 away?
"""


def first_row_and_column(m):
    return m[0:1].squeeze(), m[:, 0:1].squeeze()
