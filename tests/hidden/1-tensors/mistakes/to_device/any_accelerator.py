"""Whatever is not the CPU becomes cuda.

fails: test_moves_to_the_device_of_that_name, test_takes_a_device_object_too,
test_to_device_keeps_the_dtype
hint: Not every accelerator is called cuda: pass the device on as it is.
"""


def to_device(t, device):
    if torch.device(device).type == "cpu":
        return t.cpu()
    return t.to("cuda")
