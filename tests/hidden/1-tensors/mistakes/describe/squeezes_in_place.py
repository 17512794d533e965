"""squeeze_ takes axes of the tensor itself away.

fails: test_describe_leaves_t_as_it_was
hint: After the call, t has another shape. Which step works on t itself?
"""


def describe(t):
    result = t.shape, t.dtype, t.device
    print("without axes of size 1:", t.squeeze_().shape)
    return result
