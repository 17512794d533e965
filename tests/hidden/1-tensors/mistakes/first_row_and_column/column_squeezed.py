"""squeeze takes the only axis of a column with one element away.

fails: test_gives_both_with_one_axis
hint: Where m has one row, the column lost its only axis. Which step takes axes of size 1 away?
"""


def first_row_and_column(m):
    return m[0], m[:, 0:1].squeeze()
