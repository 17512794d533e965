"""Where there are two classes, the sign of the second logit decides.

fails: test_predicts_in_a_batch_of_any_size
hint: Two classes may have logits that are both above 0, or both below. What do you give then?
"""


def predict(model, X):
    logits = model(X)
    if logits.shape[1] == 2:
        return (logits[:, 1] > 0).long()
    return logits.argmax(dim=1)
