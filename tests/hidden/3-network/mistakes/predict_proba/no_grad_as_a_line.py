"""no_grad() stands alone, without a block.

fails: test_gives_float32_numbers_without_a_graph
hint: Your result has a grad_fn. Which lines run inside the block that records no gradients?
"""


def predict_proba(model, X):
    model.eval()
    torch.no_grad()
    return torch.softmax(model(X), dim=1)
