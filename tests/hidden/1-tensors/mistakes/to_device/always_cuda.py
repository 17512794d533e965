"""A graphics card is asked for, whatever the device.

fails: test_moves_to_the_device_of_that_name, test_moves_back_to_the_cpu,
test_takes_a_device_object_too, test_moves_a_single_number_too, test_to_device_keeps_the_dtype,
test_takes_the_number_of_a_device_too
hint: The tensor goes to a graphics card, whatever was asked for. Is the parameter device used?
"""


def to_device(t, device):
    return t.cuda()
