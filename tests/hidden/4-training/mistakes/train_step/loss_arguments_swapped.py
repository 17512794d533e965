"""The loss is given the targets first and the logits second.

fails: test_one_step_moves_the_weights_downhill, test_three_steps_lead_to_the_right_weights, test_returns_the_loss_as_a_float, test_uses_the_loss_and_the_optimizer_it_is_given
hint: In which order does loss_fn want its two arguments: the model's outputs, and the targets y?
"""


def train_step(model, X, y, loss_fn, optimizer):
    loss = loss_fn(y, model(X))
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
    return loss.item()
