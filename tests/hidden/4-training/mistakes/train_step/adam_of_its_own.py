"""The weights are moved by an Adam that is made anew in each step.

fails: test_three_steps_lead_to_the_right_weights, test_uses_the_loss_and_the_optimizer_it_is_given
hint: What moves the weights: a step of the optimizer that is given, or something else?
"""


def train_step(model, X, y, loss_fn, optimizer):
    optimizer = torch.optim.Adam(model.parameters(), lr=0.01)
    optimizer.zero_grad()
    loss = loss_fn(model(X), y)
    loss.backward()
    optimizer.step()
    return loss.item()
