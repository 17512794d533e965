"""to(t) takes over t's dtype too, and cuts off the fractions.

fails: test_gives_float32_for_a_tensor_of_any_dtype
hint: The numbers took over the dtype of t too. Which of its properties do you want?
"""


def random_like(t):
    return torch.rand(t.shape).to(t)
