"""An optimizer with a rate of its own is made in each step, and the given one is not used.

fails: test_three_steps_lead_to_the_right_weights, test_uses_the_loss_and_the_optimizer_it_is_given
hint: What moves the weights: a step of the optimizer that is given, or something else?
"""


def train_step(model, X, y, loss_fn, optimizer):
    optimizer = torch.optim.SGD(model.parameters(), lr=0.1)
    optimizer.zero_grad()
    loss = loss_fn(model(X), y)
    loss.backward()
    optimizer.step()
    return loss.item()
