"""The batch axis of a single image is squeezed away.

fails: test_predicts_in_a_batch_of_any_size
hint: What shape has your result for a batch of one image?
"""


def predict(model, X):
    model.eval()
    with torch.no_grad():
        return model(X).argmax(dim=1).squeeze()
