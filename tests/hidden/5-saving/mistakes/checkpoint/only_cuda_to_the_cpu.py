"""Tensors of all NVIDIA GPUs go to the CPU, and no others.

fails: test_training_goes_on_from_a_machine_with_a_gpu
hint: There are GPUs of other kinds than NVIDIA's. Where do tensors from those go?
"""


def save_checkpoint(path, model, optimizer, epoch):
    content = {"net": model.state_dict(), "sgd": optimizer.state_dict(), "done": epoch}
    torch.save(content, path)


def load_checkpoint(path, model, optimizer):
    def place(storage, location):
        return storage if location.startswith("cuda") else None

    content = torch.load(path, map_location=place, weights_only=True)
    model.load_state_dict(content["net"])
    optimizer.load_state_dict(content["sgd"])
    return content["done"]
