"""cpu() gives a copy where t is not on the CPU, and nobody keeps it.

fails: test_stays_on_the_device_of_t
hint: Into which memory are the numbers written where t is on another device?
"""


def random_like(t):
    result = torch.empty(t.shape, device=t.device)
    result.cpu().copy_(torch.rand(t.shape))
    return result
