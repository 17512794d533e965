"""The function reseeds, so no run can be repeated.

fails: test_obeys_a_manual_seed_given_before_the_call
hint: A seed that was set before the call has no effect. Does something set another one?
"""


def random_tensor(shape):
    torch.seed()
    return torch.rand(shape)
