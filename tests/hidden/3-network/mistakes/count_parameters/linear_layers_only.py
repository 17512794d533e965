"""Only linear layers are counted, by their sizes.

fails: test_counts_every_number_of_every_parameter, test_leaves_out_what_is_frozen, test_leaves_out_buffers, test_counts_shared_parameters_once
hint: Other layers have parameters too. Who knows them all?
"""


def count_parameters(model):
    total = 0
    for layer in model.modules():
        if isinstance(layer, nn.Linear):
            total += layer.in_features * layer.out_features + layer.out_features
    return total
