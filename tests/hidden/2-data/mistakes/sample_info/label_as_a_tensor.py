"""The label is wrapped into a tensor.

fails: test_gives_five_things_and_plain_numbers
hint: What does type(...) say of your label? It should be an int.
"""


def sample_info(dataset, index):
    image, label = dataset[index]
    return image.shape, image.dtype, float(image.min()), float(image.max()), torch.tensor(label)
