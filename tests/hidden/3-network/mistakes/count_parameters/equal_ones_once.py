"""Parameters with equal values count once.

fails: test_leaves_out_buffers
hint: Two layers may begin with the same numbers. Are they one parameter then?
"""


def count_parameters(model):
    different = []
    for p in model.parameters():
        if p.requires_grad and not any(torch.equal(p, other) for other in different):
            different.append(p)
    return sum(p.numel() for p in different)
