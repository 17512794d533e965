"""The model is put into training mode before it is asked.

fails: test_predicts_in_evaluation_mode_and_changes_nothing
hint: In which mode should a model predict, and which one does train() switch on?
"""


def predict(model, X):
    model.train()
    with torch.no_grad():
        return model(X).argmax(dim=1)
