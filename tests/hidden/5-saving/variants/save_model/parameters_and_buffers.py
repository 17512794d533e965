"""Names and tensors gathered by hand, parameters as they are."""


def save_model(model, path):
    state = dict(model.named_parameters())
    state.update(model.named_buffers())
    torch.save(state, path, pickle_protocol=3)
