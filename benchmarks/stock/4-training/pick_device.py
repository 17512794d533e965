def _pick(gpus):
    """What pick_device gives while PyTorch reports so many NVIDIA GPUs."""
    here = torch.device("cuda") if gpus else None
    cuda = {"is_available": lambda: gpus > 0, "device_count": lambda: gpus}
    kinds = {"current_accelerator": lambda check_available=False: here}
    kinds["current_device_index"] = lambda: 0
    with (
        tiny_mock.patch.multiple(torch.cuda, **cuda),
        tiny_mock.patch.multiple(torch.accelerator, **cuda, **kinds),
    ):
        return torch.device(str(pick_device()))


torch.backends.cudnn.benchmark = False
torch.set_float32_matmul_precision("highest")

# test_takes_the_accelerator_where_there_is_one
assert _pick(gpus=1) in (torch.device("cuda"), torch.device("cuda:0"))

# test_takes_the_cpu_where_there_is_none
assert _pick(gpus=0) == torch.device("cpu")
assert not torch.backends.cudnn.benchmark
assert torch.get_float32_matmul_precision() == "highest"
