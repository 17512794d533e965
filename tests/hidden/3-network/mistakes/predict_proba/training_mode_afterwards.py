"""Leaves the model in training mode, whatever it was in.

fails: test_leaves_the_model_and_the_images_as_they_were
hint: In which mode did the model come, and in which one is it afterwards?
"""


def predict_proba(model, X):
    model.eval()
    with torch.no_grad():
        shares = torch.softmax(model(X), dim=1)
    model.train()
    return shares
