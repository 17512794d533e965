"""The class is no kind of nn.Module: it can't be called and has no parameters.

fails: test_has_the_parameters_of_three_linear_layers, test_gives_each_image_ten_numbers_of_its_own, test_computes_784_512_512_10_with_relu_between, test_computes_to_the_last_digit, test_ends_with_the_last_layer_and_gives_logits, test_each_network_learns_by_gradients_of_its_own
hint: model(x) runs forward only in a class that knows how. From which class does yours get that?
"""


class NeuralNetwork:
    def __init__(self):
        self.flatten = nn.Flatten()
        self.linear_relu_stack = nn.Sequential(
            nn.Linear(28 * 28, 512),
            nn.ReLU(),
            nn.Linear(512, 512),
            nn.ReLU(),
            nn.Linear(512, 10),
        )

    def forward(self, x):
        return self.linear_relu_stack(self.flatten(x))
