"""A small number is added to std, against a division by 0.

fails: test_gives_exact_float32_images_with_a_channel
hint: The docstring says that std is above 0. What does the number that you add to it do where std is small itself?
"""


def normalized(mean, std):
    return transforms.Compose([ToTensor(), transforms.Normalize((mean,), (std + 1e-6,))])
