"""A function that builds a Sequential without flattening.

fails: test_gives_each_image_ten_numbers_of_its_own, test_computes_784_512_512_10_with_relu_between, test_computes_to_the_last_digit, test_ends_with_the_last_layer_and_gives_logits, test_each_network_learns_by_gradients_of_its_own
hint: What does your network do with images of shape (N, 1, 28, 28)?
"""


def NeuralNetwork():
    return nn.Sequential(
        nn.Linear(784, 512), nn.ReLU(), nn.Linear(512, 512), nn.ReLU(), nn.Linear(512, 10)
    )
