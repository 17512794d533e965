"""The new column has PyTorch's usual dtype, and the parts agree on the larger one.

fails: test_with_column_keeps_the_dtype
hint: float16 came back as float32. Which dtype does each tensor have on the way?
"""


def with_column(m, j, value):
    new = torch.tensor([[value]] * len(m), device=m.device)
    return torch.hstack([m[:, :j], new, m[:, j + 1 :]])
