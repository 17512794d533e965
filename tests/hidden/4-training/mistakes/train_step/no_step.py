"""The gradients are computed and never used.

fails: test_one_step_moves_the_weights_downhill, test_three_steps_lead_to_the_right_weights, test_uses_the_loss_and_the_optimizer_it_is_given
hint: backward() only computes the gradients. Who moves the weights?
"""


def train_step(model, X, y, loss_fn, optimizer):
    optimizer.zero_grad()
    loss = loss_fn(model(X), y)
    loss.backward()
    return loss.item()
