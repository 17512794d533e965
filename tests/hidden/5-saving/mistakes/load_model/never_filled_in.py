"""The file is loaded, but its numbers never get into the network.

fails: test_network_has_the_weights_of_the_file, test_weights_have_all_digits_of_the_file, test_each_file_gives_a_network_of_its_own, test_network_is_in_evaluation_mode, test_takes_a_file_from_a_machine_with_a_gpu, test_a_missing_weight_is_an_error, test_runs_no_code_from_a_file
hint: The network has other numbers than the file. Follow those of the file: where do they end?
"""


def load_model(path):
    model = NeuralNetwork()
    state = torch.load(path, map_location="cpu", weights_only=True)
    model.eval()
    return model
