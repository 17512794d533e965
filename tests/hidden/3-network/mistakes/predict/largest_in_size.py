"""The logit that is farthest from 0, in whichever direction.

fails: test_gives_the_class_with_the_highest_logit, test_predicts_from_large_negative_and_close_logits
hint: Which of -9 and 2 is higher, and which one is farther from 0?
"""


def predict(model, X):
    model.eval()
    with torch.no_grad():
        return model(X).abs().argmax(dim=1)
