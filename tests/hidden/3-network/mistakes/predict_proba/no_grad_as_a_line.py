"""no_grad() stands alone, without a block.

fails: test_gives_float32_numbers_without_a_graph
hint: Your result requires a gradient. Which of your lines run where none are recorded?
"""


def predict_proba(model, X):
    model.eval()
    torch.no_grad()
    return torch.softmax(model(X), dim=1)
