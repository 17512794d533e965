"""An attribute of the outer module is set, and its layers stay in training mode.

fails: test_counts_predictions_made_in_evaluation_mode
hint: After training the model is in training mode. What switches it, with all of its layers?
"""


def confusion_matrix(model, loader, num_classes=10):
    model.training = False
    cm = torch.zeros(num_classes, num_classes, dtype=torch.int64)
    with torch.no_grad():
        for X, y in loader:
            for t, p in zip(y, model(X).argmax(1)):
                cm[t, p] += 1
    return cm
