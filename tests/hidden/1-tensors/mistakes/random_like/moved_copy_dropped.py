"""What to() gives is dropped, and the numbers stay on the CPU.

fails: test_stays_on_the_device_of_t
hint: A tensor stays where it is when a copy of it is moved. Which of the two comes back?
"""


def random_like(t):
    numbers = torch.rand(t.shape)
    numbers.to(t.device)
    return numbers
