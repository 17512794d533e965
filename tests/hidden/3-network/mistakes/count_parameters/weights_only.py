"""The biases are left out.

fails: test_counts_every_number_of_every_parameter, test_leaves_out_what_is_frozen, test_leaves_out_buffers, test_counts_shared_parameters_once, test_returns_an_int
hint: How many parameter tensors does a linear layer have?
"""


def count_parameters(model):
    return sum(
        p.numel() for name, p in model.named_parameters() if "weight" in name and p.requires_grad
    )
