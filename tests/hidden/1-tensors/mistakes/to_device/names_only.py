"""Only the texts 'cuda' and 'cpu' are understood.

fails: test_moves_to_the_device_of_that_name, test_takes_a_device_object_too,
test_to_device_keeps_the_dtype, test_leaves_the_tensor_that_was_handed_in
hint: There are more devices than two, and more ways to say them. Is the device passed on as it is?
"""


def to_device(t, device):
    if device == "cuda":
        return t.cuda()
    return t.cpu()
