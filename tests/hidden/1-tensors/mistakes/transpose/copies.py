"""The right numbers, as a copy.

fails: test_is_a_view
hint: The numbers are right: which step makes a copy of them, and is it needed?
"""


def transpose(m):
    return m.T.clone()
