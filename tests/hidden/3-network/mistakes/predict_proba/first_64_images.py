"""No more than 64 images are looked at.

fails: test_shares_out_1_in_a_batch_of_any_size
hint: How many rows come back for a batch of 150 images?
"""


def predict_proba(model, X):
    model.eval()
    with torch.no_grad():
        images = X[:64]
        return model(images).softmax(dim=1)
