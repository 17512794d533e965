"""forward is misspelt: nobody calls it.

fails: test_gives_each_image_ten_numbers_of_its_own, test_computes_784_512_512_10_with_relu_between, test_computes_to_the_last_digit, test_ends_with_the_last_layer_and_gives_logits, test_each_network_learns_by_gradients_of_its_own
hint: Which method does PyTorch call for net(x)? Look for it in your class, letter by letter.
"""


class NeuralNetwork(nn.Module):
    def __init__(self):
        super().__init__()
        self.flatten = nn.Flatten()
        self.linear_relu_stack = nn.Sequential(
            nn.Linear(28 * 28, 512),
            nn.ReLU(),
            nn.Linear(512, 512),
            nn.ReLU(),
            nn.Linear(512, 10),
        )

    def foward(self, x):
        return self.linear_relu_stack(self.flatten(x))
