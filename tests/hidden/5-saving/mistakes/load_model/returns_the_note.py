"""load_state_dict works in place and returns a note on missing names: this is what is returned.

fails: test_network_has_the_weights_of_the_file, test_weights_have_all_digits_of_the_file, test_each_file_gives_a_network_of_its_own, test_network_is_in_evaluation_mode, test_takes_a_file_from_a_machine_with_a_gpu, test_a_missing_weight_is_an_error, test_runs_no_code_from_a_file
hint: A tuple came back, and load_state_dict gives one, too. What does the caller want?
"""


def load_model(path):
    model = NeuralNetwork()
    model = model.load_state_dict(torch.load(path, map_location="cpu", weights_only=True))
    return model
