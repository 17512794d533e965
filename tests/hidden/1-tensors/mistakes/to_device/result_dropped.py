"""What to() gives is dropped, and the old tensor comes back.

fails: test_moves_to_the_device_of_that_name, test_takes_a_device_object_too,
test_to_device_keeps_the_dtype, test_leaves_the_tensor_that_was_handed_in,
test_moves_anew_at_each_call, test_takes_the_number_of_a_device_too
hint: The result is where t was. Which tensor comes back, and what should have moved it?
"""


def to_device(t, device):
    t.to(device)
    return t
