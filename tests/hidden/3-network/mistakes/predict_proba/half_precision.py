"""float16 on the way.

fails: test_is_right_to_the_last_digit, test_copes_with_large_logits
hint: Your numbers are near. What takes digits away? Rounding is for printing.
"""


def predict_proba(model, X):
    model.eval()
    with torch.no_grad():
        return torch.softmax(model(X).half(), dim=1).float()
