"""The batch axis of a single image is squeezed away.

fails: test_shares_out_1_in_a_batch_of_any_size
hint: What shape has your result for a batch of one image?
"""


def predict_proba(model, X):
    model.eval()
    with torch.no_grad():
        return torch.softmax(model(X), dim=1).squeeze()
