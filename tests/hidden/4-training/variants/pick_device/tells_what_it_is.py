"""Prints what the GPU is called and how much memory it has."""


def pick_device():
    device = torch.device("cuda" if torch.cuda.is_available() else "cpu")
    if device.type == "cuda":
        memory = torch.cuda.get_device_properties(0).total_memory
        print(torch.cuda.get_device_name(0), memory // 2**20, "MiB")
    return device
