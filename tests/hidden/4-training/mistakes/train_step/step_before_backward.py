"""The optimizer steps before backward has computed any gradient: no update at all.

fails: test_one_step_moves_the_weights_downhill, test_three_steps_lead_to_the_right_weights, test_uses_the_loss_and_the_optimizer_it_is_given
hint: step() uses what backward() has just computed. Which of the two comes first?
"""


def train_step(model, X, y, loss_fn, optimizer):
    loss = loss_fn(model(X), y)
    optimizer.zero_grad()
    optimizer.step()
    loss.backward()
    return loss.item()
