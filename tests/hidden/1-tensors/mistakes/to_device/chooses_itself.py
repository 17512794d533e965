"""The parameter is overwritten by the function's own choice.

fails: test_moves_to_the_device_of_that_name, test_moves_back_to_the_cpu,
test_takes_a_device_object_too, test_moves_a_single_number_too, test_to_device_keeps_the_dtype,
test_takes_the_number_of_a_device_too
hint: The caller has chosen the device. Is the parameter device used?
"""


def to_device(t, device):
    device = "cuda" if torch.cuda.is_available() else "cpu"
    return t.to(device)
