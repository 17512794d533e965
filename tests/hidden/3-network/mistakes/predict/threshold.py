"""Classes above one half; where none is, class 0.

fails: test_gives_the_class_with_the_highest_logit, test_predicts_in_a_batch_of_any_size
hint: What if no class has more than one half?
"""


def predict(model, X):
    model.eval()
    with torch.no_grad():
        return (torch.softmax(model(X), dim=1) > 0.5).int().argmax(dim=1)
