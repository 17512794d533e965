"""model.forward(X) runs the layers, but not the model's hooks.

fails: test_predicts_by_calling_the_model
hint: A hook of the model did not run. By which line do you run the model?
"""


def predict(model, X):
    model.eval()
    with torch.no_grad():
        return model.forward(X).argmax(dim=1)
