"""The model is put into training mode before it is asked.

fails: test_predicts_in_evaluation_mode_and_changes_nothing
hint: In which mode did the model come, and in which one did it look at X?
"""


def predict(model, X):
    model.train()
    with torch.no_grad():
        return model(X).argmax(dim=1)
