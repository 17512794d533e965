"""The older format, and file objects."""


def save_checkpoint(path, model, optimizer, epoch):
    content = dict(m=model.state_dict(), o=optimizer.state_dict(), e=int(epoch))
    with open(path, "wb") as file:
        torch.save(content, file, _use_new_zipfile_serialization=False)


def load_checkpoint(path, model, optimizer):
    with open(path, "rb") as file:
        content = torch.load(file, map_location=lambda storage, _: storage)
    model.load_state_dict(content["m"])
    optimizer.load_state_dict(content["o"])
    return content["e"]
