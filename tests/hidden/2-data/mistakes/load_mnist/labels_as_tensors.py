"""The labels become tensors.

fails: test_labels_are_whole_numbers
hint: Look at type(dataset[0][1]). Is it an int?
"""


def load_mnist(root, train):
    return datasets.MNIST(
        root, train, transform=ToTensor(), target_transform=torch.tensor, download=True
    )
