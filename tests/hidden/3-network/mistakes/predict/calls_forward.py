"""model.forward(X) runs the layers, but not the model's hooks.

fails: test_predicts_by_calling_the_model
hint: How is a model run, and what does forward alone leave out?
"""


def predict(model, X):
    model.eval()
    with torch.no_grad():
        return model.forward(X).argmax(dim=1)
