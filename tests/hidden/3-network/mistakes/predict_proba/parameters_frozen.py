"""The model's parameters are frozen, and stay so.

fails: test_leaves_the_model_and_the_images_as_they_were
hint: After your function the model cannot be trained. Which switch is for the length of a block
only?
"""


def predict_proba(model, X):
    model.eval()
    for p in model.parameters():
        p.requires_grad = False
    return torch.softmax(model(X), dim=1)
