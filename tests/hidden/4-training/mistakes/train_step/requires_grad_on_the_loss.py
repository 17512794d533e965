"""The complaint of backward is silenced by setting requires_grad on the loss: nothing learns.

fails: test_one_step_moves_the_weights_downhill, test_three_steps_lead_to_the_right_weights, test_uses_the_loss_and_the_optimizer_it_is_given
hint: No gradient reaches the weights. Where is the way from them to the loss cut?
"""


def train_step(model, X, y, loss_fn, optimizer):
    with torch.no_grad():
        loss = loss_fn(model(X), y)
    loss.requires_grad = True
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
    return loss.item()
