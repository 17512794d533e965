"""The last file that was loaded is remembered, and given for every path.

fails: test_weights_have_all_digits_of_the_file, test_each_file_gives_a_network_of_its_own, test_network_is_in_evaluation_mode, test_takes_a_file_from_a_machine_with_a_gpu, test_a_missing_weight_is_an_error, test_runs_no_code_from_a_file
hint: What is returned for a second, other path?
"""

_cache = []


def load_model(path):
    if not _cache:
        model = NeuralNetwork()
        model.load_state_dict(torch.load(path, map_location="cpu", weights_only=True))
        _cache.append(model.eval())
    return _cache[0]
