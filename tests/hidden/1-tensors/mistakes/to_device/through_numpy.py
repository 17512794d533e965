"""The numbers go through NumPy, which only works from the CPU.

fails: test_moves_to_the_device_of_that_name, test_takes_a_device_object_too,
test_to_device_keeps_the_dtype, test_leaves_the_tensor_that_was_handed_in
hint: A tensor on a GPU has no NumPy array: move the tensor itself.
"""


def to_device(t, device):
    return torch.from_numpy(t.numpy().copy()).to(device)
