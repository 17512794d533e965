"""No more than ten classes share out 1.

fails: test_shares_out_1_in_a_batch_of_any_size
hint: A model may have more than ten classes. How many numbers do you give for an image?
"""


def predict_proba(model, X):
    model.eval()
    with torch.no_grad():
        logits = model(X)
        return logits[:, :10].softmax(dim=1)
