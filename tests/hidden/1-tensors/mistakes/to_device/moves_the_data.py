"""The data of the caller's own tensor are exchanged.

fails: test_moves_to_the_device_of_that_name, test_takes_a_device_object_too,
test_moves_a_single_number_too, test_to_device_keeps_the_dtype,
test_leaves_the_tensor_that_was_handed_in, test_moves_anew_at_each_call,
test_takes_the_number_of_a_device_too
hint: Others still hold t: after the call, is the tensor that they hold where it was before?
"""


def to_device(t, device):
    t.data = t.data.to(device)
    return t
