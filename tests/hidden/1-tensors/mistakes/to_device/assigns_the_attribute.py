"""The attribute device is assigned, which PyTorch refuses.

fails: test_moves_to_the_device_of_that_name, test_takes_a_device_object_too,
test_to_device_keeps_the_dtype, test_leaves_the_tensor_that_was_handed_in
hint: A tensor can't be told to be elsewhere. How do you ask it for a tensor there?
"""


def to_device(t, device):
    t.device = device
    return t
