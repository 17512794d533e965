"""A batch by torch.stack, the index from max."""


@torch.no_grad()
def classify(model, image, classes):
    batch = torch.stack([image])
    _, index = torch.max(model.eval()(batch), dim=1)
    return classes[int(index)]
