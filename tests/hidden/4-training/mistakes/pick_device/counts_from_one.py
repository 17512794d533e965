"""The number of GPUs is taken for the number of the GPU.

fails: test_takes_the_accelerator_where_there_is_one
hint: With one GPU, what is its number? Counting begins at 0.
"""


def pick_device():
    count = torch.cuda.device_count()
    return torch.device(f"cuda:{count}" if count else "cpu")
