"""The old memory is set to 0 once the numbers are elsewhere.

fails: test_leaves_the_tensor_that_was_handed_in
hint: Who else may still hold t after the call?
"""


def to_device(t, device):
    moved = t.to(device)
    if moved is not t:
        t.zero_()
    return moved
