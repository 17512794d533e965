"""The data of the caller's own tensor are exchanged.

fails: test_leaves_the_tensor_that_was_handed_in, test_moves_anew_at_each_call
hint: Others still hold t: after the call, is the tensor that they hold where it was before?
"""


def to_device(t, device):
    t.data = t.data.to(device)
    return t
