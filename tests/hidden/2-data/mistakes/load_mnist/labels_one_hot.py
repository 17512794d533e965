"""Each label becomes ten numbers, a one among zeros.

fails: test_labels_are_whole_numbers
hint: Look at dataset[0][1]. Is it one whole number, the digit itself?
"""


def load_mnist(root, train):
    def one_hot(label):
        row = torch.zeros(10)
        row[label] = 1
        return row

    return datasets.MNIST(
        root, train=train, download=True, transform=ToTensor(), target_transform=one_hot
    )
