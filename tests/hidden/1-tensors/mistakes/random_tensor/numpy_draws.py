"""NumPy draws, so torch.manual_seed has no effect.

fails: test_obeys_a_manual_seed_given_before_the_call
hint: torch.manual_seed does not reach NumPy's generator: draw with PyTorch.
"""


def random_tensor(shape):
    return torch.tensor(np.random.random(shape), dtype=torch.float32)
