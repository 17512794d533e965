"""What to() gives is dropped, and the numbers stay on the CPU.

fails: test_stays_on_the_device_of_t
hint: to() gives another tensor and leaves the first where it is: which one do you return?
"""


def random_like(t):
    numbers = torch.rand(t.shape)
    numbers.to(t.device)
    return numbers
