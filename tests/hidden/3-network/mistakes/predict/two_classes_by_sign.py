"""Where there are two classes, the sign of the second logit decides.

fails: test_predicts_in_a_batch_of_any_size
hint: With two classes, which logit is the higher one? Can both be above 0?
"""


def predict(model, X):
    logits = model(X)
    if logits.shape[1] == 2:
        return (logits[:, 1] > 0).long()
    return logits.argmax(dim=1)
