"""The logarithm of a probability that is too small for a float: the loss is infinite.

fails: test_loss_is_right_for_logits_far_apart
hint: What is the probability of a class whose logit is 200 below the highest, and its logarithm?
"""


def make_loss_and_optimizer(model, lr):
    def loss_fn(logits, y):
        probabilities = logits.softmax(dim=1)
        return nn.functional.nll_loss(probabilities.log(), y)

    return loss_fn, torch.optim.SGD(model.parameters(), lr=lr)
