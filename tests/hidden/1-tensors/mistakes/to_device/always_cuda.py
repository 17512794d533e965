"""A graphics card is asked for, whatever the device.

fails: test_moves_to_the_device_of_that_name, test_takes_a_device_object_too,
test_to_device_keeps_the_dtype, test_leaves_the_tensor_that_was_handed_in
hint: cuda() always means a graphics card: use the device that the caller named.
"""


def to_device(t, device):
    return t.cuda()
