"""uniform_ writes the numbers into t itself.

fails: test_gives_float32_for_a_tensor_of_any_dtype, test_leaves_t_as_it_was
hint: A name that ends in _ writes into the tensor it belongs to, here the caller's: make a new
one.
"""


def random_like(t):
    return t.uniform_()
