"""No class beyond the tenth is ever named.

fails: test_predicts_in_a_batch_of_any_size
hint: A model may have more than ten classes. Which of them can your function name?
"""


def predict(model, X):
    logits = model(X)[:, :10]
    return logits.argmax(dim=1)
