"""Only tensors on the CPU are moved; nothing comes back from a GPU.

fails: test_moves_to_the_device_of_that_name, test_takes_a_device_object_too,
test_to_device_keeps_the_dtype, test_leaves_the_tensor_that_was_handed_in
hint: Is the way back from the GPU a move too?
"""


def to_device(t, device):
    if t.device.type == "cpu":
        return t.to(device)
    return t
