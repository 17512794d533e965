"""Gradients are switched off and never on again.

fails: test_leaves_the_model_as_it_was
hint: Can anybody still train after your function has returned?
"""


def save_model(model, path):
    torch.set_grad_enabled(False)
    weights = model.state_dict()
    torch.save(weights, path)
