"""The tensor is moved, and what is returned is its copy on the CPU.

fails: test_moves_to_the_device_of_that_name, test_takes_a_device_object_too,
test_to_device_keeps_the_dtype, test_leaves_the_tensor_that_was_handed_in
hint: The result is on the CPU, whatever the device. Which step brings it there?
"""


def to_device(t, device):
    moved = t.to(device)
    return moved.cpu()
