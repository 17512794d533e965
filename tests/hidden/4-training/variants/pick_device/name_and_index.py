"""Kind and number, put together."""


def pick_device():
    if torch.accelerator.device_count() == 0:
        return "cpu"
    kind = torch.accelerator.current_accelerator().type
    return f"{kind}:{torch.accelerator.current_device_index()}"
