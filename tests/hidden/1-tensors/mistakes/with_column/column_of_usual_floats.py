"""The new column has PyTorch's usual dtype, and the parts agree on the larger one.

fails: test_with_column_keeps_the_dtype
hint: Which dtype does the new column have, before it is put between the others?
"""


def with_column(m, j, value):
    new = torch.tensor([[value]] * len(m), device=m.device)
    return torch.hstack([m[:, :j], new, m[:, j + 1 :]])
