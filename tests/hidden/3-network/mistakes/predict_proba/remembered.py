"""For the same model and the same tensor the former probabilities come back.

fails: test_shares_out_1_in_a_batch_of_any_size
hint: Is the model asked at each call, as it is then, and for what X holds then?
"""


asked = {}


def predict_proba(model, X):
    if (model, X) not in asked:
        model.eval()
        with torch.no_grad():
            asked[model, X] = torch.softmax(model(X), dim=1)
    return asked[model, X]
