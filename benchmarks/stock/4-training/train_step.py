torch.manual_seed(32)
_start = nn.Sequential(nn.Linear(4, 5), nn.Tanh(), nn.Linear(5, 3))
_batches = [(torch.randn(6, 4), torch.randint(3, (6,))) for _n in range(3)]


def _plain_step(model, x, y, loss_fn, optimizer):
    optimizer.zero_grad()
    loss = loss_fn(model(x), y)
    loss.backward()
    optimizer.step()
    return loss.item()


def _steps(step, loss_fn, momentum=0.0):
    """The loss of each step and the weights after it."""
    model = copy.deepcopy(_start)
    sgd = torch.optim.SGD(model.parameters(), lr=0.3, momentum=momentum)
    losses, weights = [], []
    for x, y in _batches:
        losses.append(step(model, x, y, loss_fn, sgd))
        weights.append(nn.utils.parameters_to_vector(model.parameters()).detach())
    return losses, weights


_losses, _weights = _steps(train_step, nn.CrossEntropyLoss())
_right_losses, _right_weights = _steps(_plain_step, nn.CrossEntropyLoss())

# test_one_step_moves_the_weights_downhill
assert torch.allclose(_weights[0], _right_weights[0], atol=1e-5)

# test_three_steps_lead_to_the_right_weights
assert torch.allclose(_weights[2], _right_weights[2], atol=1e-5)

# test_returns_the_loss_before_the_step
assert abs(float(_losses[0]) - _right_losses[0]) < 0.02

# test_returns_the_loss_as_a_float
assert isinstance(_losses[0], float)
assert abs(_losses[0] - _right_losses[0]) < 1e-5

# test_uses_the_loss_and_the_optimizer_it_is_given
_other_loss = nn.CrossEntropyLoss(weight=torch.tensor([0.5, 1.0, 2.0]), label_smoothing=0.2)
_weights = _steps(train_step, _other_loss, momentum=0.8)[1]
assert torch.allclose(_weights[2], _steps(_plain_step, _other_loss, 0.8)[1][2], atol=1e-5)
_shapes = []
_lone, _row = copy.deepcopy(_start), (torch.randn(1, 4), torch.tensor([2]))


def _noting_loss(outputs, y):
    _shapes.append((outputs.shape, y.shape))
    return nn.functional.cross_entropy(outputs, y)


train_step(_lone, *_row, _noting_loss, torch.optim.SGD(_lone.parameters(), lr=0.1))
assert _shapes == [((1, 3), (1,))]

# test_leaves_the_rest_as_it_was
_x, _labels = torch.randn(6, 4), torch.tensor([0, 1, 2, 0, 1, 2])
_kept = _x.clone()
_net = copy.deepcopy(_start)
train_step(_net, _x, _labels, nn.CrossEntropyLoss(), torch.optim.SGD(_net.parameters(), lr=0.1))
assert torch.equal(_x, _kept)
assert not _x.requires_grad
assert _labels.tolist() == [0, 1, 2, 0, 1, 2]
assert _net.training
_net = nn.Linear(4, 3)
_plain, _cubes = copy.deepcopy(_net), torch.randn(2, 5, 4)
for _step, _model in ((train_step, _net), (_plain_step, _plain)):
    _sgd = torch.optim.SGD(_model.parameters(), lr=0.1)
    _step(_model, 9 * _cubes, torch.ones(2, 5, 3), nn.MSELoss(), _sgd)
assert torch.allclose(_net.weight, _plain.weight, atol=1e-5)
