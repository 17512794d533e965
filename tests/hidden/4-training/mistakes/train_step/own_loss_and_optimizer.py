"""Cross entropy and SGD are made anew in each step, the arguments are ignored.

fails: test_uses_the_loss_and_the_optimizer_it_is_given
hint: Are the loss function and the optimizer that are given both used?
"""


def train_step(model, X, y, loss_fn, optimizer):
    lr = optimizer.param_groups[0]["lr"]
    optimizer = torch.optim.SGD(model.parameters(), lr=lr)
    loss = nn.CrossEntropyLoss()(model(X), y)
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
    return loss.item()
