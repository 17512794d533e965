"""Zeros on the device are added to a tensor that is still elsewhere.

fails: test_moves_to_the_device_of_that_name, test_takes_a_device_object_too,
test_to_device_keeps_the_dtype, test_leaves_the_tensor_that_was_handed_in
hint: All tensors of an operation must be on one device. Which of them is still elsewhere?
"""


def to_device(t, device):
    return torch.zeros(t.shape, dtype=t.dtype, device=device) + t
