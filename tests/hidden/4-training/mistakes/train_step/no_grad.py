"""The forward pass records nothing, so backward has no way back.

fails: test_one_step_moves_the_weights_downhill, test_three_steps_lead_to_the_right_weights, test_returns_the_loss_as_a_float, test_uses_the_loss_and_the_optimizer_it_is_given
hint: backward() finds no way back. What does it need the forward pass to record?
"""


def train_step(model, X, y, loss_fn, optimizer):
    with torch.no_grad():
        loss = loss_fn(model(X), y)
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
    return loss.item()
