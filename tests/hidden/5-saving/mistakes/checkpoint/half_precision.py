"""The weights are saved as float16.

fails: test_training_goes_on_to_the_last_digit
hint: The weights in the file are near those of the model. What takes digits away?
"""


def save_checkpoint(path, model, optimizer, epoch):
    weights = {
        name: t.half() if t.is_floating_point() else t for name, t in model.state_dict().items()
    }
    torch.save({"model": weights, "optimizer": optimizer.state_dict(), "epoch": epoch}, path)


def load_checkpoint(path, model, optimizer):
    checkpoint = torch.load(path, map_location="cpu", weights_only=True)
    model.load_state_dict(checkpoint["model"])
    optimizer.load_state_dict(checkpoint["optimizer"])
    return checkpoint["epoch"]
