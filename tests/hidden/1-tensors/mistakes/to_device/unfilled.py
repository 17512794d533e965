"""Memory is asked for on the device, and nothing is copied.

fails: test_moves_to_the_device_of_that_name, test_takes_a_device_object_too,
test_to_device_keeps_the_dtype, test_leaves_the_tensor_that_was_handed_in
hint: empty_like asks for memory there and copies nothing: move the tensor itself.
"""


def to_device(t, device):
    result = torch.empty_like(t, device=device)
    return result
