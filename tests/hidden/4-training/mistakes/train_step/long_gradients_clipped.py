"""Long gradients are shortened, to a length that those of the first steps hardly reach.

fails: test_uses_the_loss_and_the_optimizer_it_is_given
hint: The whole gradient is asked for. What becomes of one that is 50 long?
"""


def train_step(model, X, y, loss_fn, optimizer):
    loss = loss_fn(model(X), y)
    optimizer.zero_grad()
    loss.backward()
    torch.nn.utils.clip_grad_norm_(model.parameters(), max_norm=10)
    optimizer.step()
    return loss.item()
