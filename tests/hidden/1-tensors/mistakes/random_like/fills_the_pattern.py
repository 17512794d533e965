"""uniform_ writes the numbers into t itself.

fails: test_gives_float32_for_a_tensor_of_any_dtype, test_leaves_t_as_it_was
hint: The numbers are written into t itself. Whose tensor is that?
"""


def random_like(t):
    return t.uniform_()
