"""The weights can learn nothing any more after they were saved.

fails: test_leaves_the_model_as_it_was
hint: Can the model that was saved still be trained? Look at requires_grad.
"""


def save_model(model, path):
    model.requires_grad_(False)
    torch.save(model.state_dict(), path)
