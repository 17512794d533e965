"""An nn.Module, with the newer transforms inside."""


def normalized(mean, std):
    from torchvision.transforms import v2

    return nn.Sequential(
        v2.ToImage(), v2.ToDtype(torch.float32, scale=True), v2.Normalize(mean=[mean], std=[std])
    )
