"""Whatever is not the CPU becomes cuda.

fails: test_moves_to_the_device_of_that_name, test_takes_the_number_of_a_device_too
hint: Not every accelerator is called cuda. Is the device passed on as it is?
"""


def to_device(t, device):
    if torch.device(device).type == "cpu":
        return t.cpu()
    return t.to("cuda")
