"""NumPy draws, and the tensor that is made of it is on the CPU.

fails: test_stays_on_the_device_of_t
hint: The result is on the CPU, wherever t is. Can whoever draws here draw elsewhere too?
"""


def random_like(t):
    return torch.from_numpy(np.random.rand(*t.shape).astype(np.float32))
