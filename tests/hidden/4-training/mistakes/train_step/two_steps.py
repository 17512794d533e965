"""Two steps are made from one batch.

fails: test_three_steps_lead_to_the_right_weights, test_returns_the_loss_before_the_step, test_uses_the_loss_and_the_optimizer_it_is_given
hint: How many steps are taken for one batch, and how many are asked for?
"""


def train_step(model, X, y, loss_fn, optimizer):
    for _ in range(2):
        optimizer.zero_grad()
        loss = loss_fn(model(X), y)
        loss.backward()
        optimizer.step()
    return loss.item()
