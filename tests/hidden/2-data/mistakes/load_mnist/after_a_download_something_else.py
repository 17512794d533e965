"""What is returned after a download has lost train and the transform.

fails: test_downloads_what_is_missing
hint: Compare what your function gives where the files are there, and where it has to fetch them.
"""


def load_mnist(root, train):
    try:
        data = datasets.MNIST(root, train=train, transform=ToTensor())
    except RuntimeError:
        data = datasets.MNIST(root, download=True)
    return data
