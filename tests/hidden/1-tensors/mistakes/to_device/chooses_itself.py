"""The parameter is overwritten by the function's own choice.

fails: test_moves_to_the_device_of_that_name, test_takes_a_device_object_too,
test_to_device_keeps_the_dtype, test_leaves_the_tensor_that_was_handed_in
hint: The caller has chosen the device: does your function use the parameter?
"""


def to_device(t, device):
    device = "cuda" if torch.cuda.is_available() else "cpu"
    return t.to(device)
