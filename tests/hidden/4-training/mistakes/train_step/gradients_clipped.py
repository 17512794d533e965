"""Long gradients are cut to the length 1: the step is another one.

fails: test_uses_the_loss_and_the_optimizer_it_is_given
hint: Is the step made along the whole gradient? Something here makes long ones shorter.
"""


def train_step(model, X, y, loss_fn, optimizer):
    optimizer.zero_grad()
    loss = loss_fn(model(X), y)
    loss.backward()
    nn.utils.clip_grad_norm_(model.parameters(), 1.0)
    optimizer.step()
    return loss.item()
