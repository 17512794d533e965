"""The labels are blurred: another loss than plain cross entropy.

fails: test_loss_is_the_cross_entropy_of_logits
hint: The exercise asks for plain cross entropy. What does your loss do with the labels?
"""


def make_loss_and_optimizer(model, lr):
    loss_fn = nn.CrossEntropyLoss(label_smoothing=0.1)
    return loss_fn, torch.optim.SGD(model.parameters(), lr=lr)
