"""squeeze_ takes axes of the tensor itself away.

fails: test_tells_the_shape_first
hint: Which step works on t itself? Names that end in _ do.
"""


def describe(t):
    result = t.shape, t.dtype, t.device
    print("without axes of size 1:", t.squeeze_().shape)
    return result
