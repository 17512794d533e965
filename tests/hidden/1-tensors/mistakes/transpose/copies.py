"""The right numbers, as a copy.

fails: test_is_a_view
hint: The numbers are right, but they are copies. Which step copies them?
"""


def transpose(m):
    return m.T.clone()
