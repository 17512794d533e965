"""The logits are changed in place, and may lie in the memory of X.

fails: test_leaves_the_model_and_the_images_as_they_were
hint: The model may give back the memory of X. Which of your lines write into the logits themselves?
"""


def predict_proba(model, X):
    model.eval()
    with torch.no_grad():
        logits = model(X)
        logits -= logits.max(dim=1, keepdim=True).values
        logits.exp_()
        return logits / logits.sum(dim=1, keepdim=True)
