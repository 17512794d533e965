"""The state_dict is counted: buffers too, shared tensors twice, frozen ones as well.

fails: test_leaves_out_what_is_frozen, test_leaves_out_buffers, test_counts_shared_parameters_once
hint: Buffers and frozen tensors were counted too. Which tensors does training change?
"""


def count_parameters(model):
    total = 0
    for tensor in model.state_dict().values():
        total += tensor.numel()
    return total
