"""Log-softmax and NLLLoss, which together are cross entropy."""


def make_loss_and_optimizer(model, lr):
    nll = nn.NLLLoss()

    def loss_fn(logits, y):
        return nll(logits.log_softmax(dim=-1), y)

    optimizer = torch.optim.SGD(model.parameters(), lr)
    return loss_fn, optimizer
