"""The data set is cut to its first 5,000 digits, so that everything is quicker.

fails: test_reads_all_digits_of_a_part
hint: How many digits are in the files, and how many in your data set?
"""


def load_mnist(root, train):
    data = datasets.MNIST(root, train=train, download=True, transform=ToTensor())
    data.data, data.targets = data.data[:5000], data.targets[:5000]
    return data
