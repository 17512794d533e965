"""Probabilities go into a loss that wants logits: the gradients shrink and learning is slow.

fails: test_one_step_moves_the_weights_downhill, test_three_steps_lead_to_the_right_weights, test_returns_the_loss_as_a_float, test_uses_the_loss_and_the_optimizer_it_is_given
hint: The loss does the softmax itself. What does it get if you do one before?
"""


def train_step(model, X, y, loss_fn, optimizer):
    loss = loss_fn(torch.softmax(model(X), dim=1), y)
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
    return loss.item()
