"""The loss is computed from the chosen classes: argmax has no gradient.

fails: test_one_step_moves_the_weights_downhill, test_three_steps_lead_to_the_right_weights, test_returns_the_loss_as_a_float, test_uses_the_loss_and_the_optimizer_it_is_given
hint: Does the loss need the chosen class, or all logits, to know in which direction to move?
"""


def train_step(model, X, y, loss_fn, optimizer):
    loss = loss_fn(model(X).argmax(1), y)
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
    return loss.item()
