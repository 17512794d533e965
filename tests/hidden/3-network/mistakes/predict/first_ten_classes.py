"""No class beyond the tenth is ever named.

fails: test_predicts_in_a_batch_of_any_size
hint: How many classes may a model have? Is it always ten?
"""


def predict(model, X):
    logits = model(X)[:, :10]
    return logits.argmax(dim=1)
