"""NumPy draws, so torch.manual_seed has no effect.

fails: test_obeys_a_manual_seed_given_before_the_call
hint: torch.manual_seed has no effect on these numbers. Whose generator draws them?
"""


def random_tensor(shape):
    return torch.tensor(np.random.random(shape), dtype=torch.float32)
