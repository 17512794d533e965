"""Only the layers at the top are looked at, not those inside of them.

fails: test_counts_every_number_of_every_parameter, test_leaves_out_what_is_frozen, test_counts_shared_parameters_once, test_returns_an_int
hint: Your model has a Sequential inside a Sequential. Who goes into the inner one?
"""


def count_parameters(model):
    total = 0
    for layer in model.children():
        for p in layer._parameters.values():
            if p is not None and p.requires_grad:
                total += p.numel()
    return total
