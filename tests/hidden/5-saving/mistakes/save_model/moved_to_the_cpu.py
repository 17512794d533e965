"""The model itself is moved to the CPU before it is saved.

fails: test_leaves_the_model_as_it_was
hint: On which device is the model after it was saved? It should be where it was.
"""


def save_model(model, path):
    torch.save(model.to("cpu").state_dict(), path)
