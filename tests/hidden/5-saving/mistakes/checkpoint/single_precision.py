"""The weights become float32, also those of a model in double precision.

fails: test_training_goes_on_to_the_last_digit
hint: A model can have numbers of other types than float32. Are they the same in the file?
"""


def save_checkpoint(path, model, optimizer, epoch):
    net = {name: t.float() if t.is_floating_point() else t for name, t in model.state_dict().items()}
    content = {"net": net, "sgd": optimizer.state_dict(), "done": epoch}
    torch.save(content, path)


def load_checkpoint(path, model, optimizer):
    content = torch.load(path, map_location="cpu", weights_only=True)
    model.load_state_dict(content["net"])
    optimizer.load_state_dict(content["sgd"])
    return content["done"]
