"""For the same model and the same tensor the former classes come back.

fails: test_predicts_in_a_batch_of_any_size
hint: Is the model asked at each call, as it is then, and for what X holds then?
"""


asked = {}


def predict(model, X):
    if (model, X) not in asked:
        asked[model, X] = model(X).argmax(dim=1)
    return asked[model, X]
