"""float16 on the way.

fails: test_is_right_to_the_last_digit, test_copes_with_large_logits
hint: They are near, but not the same. What is done besides the softmax of the logits?
"""


def predict_proba(model, X):
    model.eval()
    with torch.no_grad():
        return torch.softmax(model(X).half(), dim=1).float()
