"""A generator of its own draws, and it is on the CPU: on a GPU an error.

fails: test_stays_on_the_device_of_t
hint: A generator draws on its own device only. On which one is this?
"""


def random_like(t):
    generator = torch.Generator()
    generator.seed()
    return torch.rand(t.shape, generator=generator, device=t.device)
