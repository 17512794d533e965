"""The logit that is farthest from 0, in whichever direction.

fails: test_gives_the_class_with_the_highest_logit, test_predicts_in_a_batch_of_any_size, test_predicts_from_large_and_from_negative_logits
hint: Which of -9 and 2 is higher? Which one is farther from 0?
"""


def predict(model, X):
    model.eval()
    with torch.no_grad():
        return model(X).abs().argmax(dim=1)
