"""The logits are rounded before they are compared.

fails: test_gives_the_class_with_the_highest_logit, test_predicts_from_large_negative_and_close_logits
hint: What becomes of 1.2 and 1.4 when they are rounded?
"""


def predict(model, X):
    model.eval()
    with torch.no_grad():
        return model(X).round().argmax(dim=1)
