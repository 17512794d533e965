"""Where there are two classes, sigmoid takes the place of softmax.

fails: test_shares_out_1_in_a_batch_of_any_size
hint: Two classes are classes too: do the numbers of an image sum to 1?
"""


def predict_proba(model, X):
    model.eval()
    with torch.no_grad():
        logits = model(X)
        return logits.sigmoid() if logits.shape[1] == 2 else logits.softmax(dim=1)
