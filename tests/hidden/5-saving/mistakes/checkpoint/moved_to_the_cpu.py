"""The model itself is moved to the CPU before it is saved.

fails: test_training_goes_on_from_a_machine_with_a_gpu
hint: On which device is the model after it was saved? It should be where it was.
"""


def save_checkpoint(path, model, optimizer, epoch):
    content = {"net": model.cpu().state_dict(), "sgd": optimizer.state_dict(), "done": epoch}
    torch.save(content, path)


def load_checkpoint(path, model, optimizer):
    content = torch.load(path, map_location="cpu", weights_only=True)
    model.load_state_dict(content["net"])
    optimizer.load_state_dict(content["sgd"])
    return content["done"]
