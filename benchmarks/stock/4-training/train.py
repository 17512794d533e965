torch.manual_seed(33)
_start = nn.Sequential(nn.Linear(4, 5), nn.Tanh(), nn.Linear(5, 3))
_samples = TensorDataset(torch.randn(9, 4), torch.randint(3, (9,)))
_loader = DataLoader(_samples, batch_size=4)


def _plain_epoch(loader, model, loss_fn, optimizer):
    """The mean of the batches' losses, and that of the samples' losses."""
    losses = []
    for x, y in loader:
        optimizer.zero_grad()
        loss = loss_fn(model(x), y)
        loss.backward()
        optimizer.step()
        losses.append(loss.item())
    return sum(losses) / 3, (4 * losses[0] + 4 * losses[1] + losses[-1]) / 9


def _epoch(function, loss_fn, momentum=0.0):
    """What an epoch returns, the weights after it, and the modes in which the model ran."""
    model, modes = copy.deepcopy(_start), []
    model.register_forward_pre_hook(lambda module, _: modes.append(module.training))
    model.eval()
    sgd = torch.optim.SGD(model.parameters(), lr=0.3, momentum=momentum)
    result = function(_loader, model, loss_fn, sgd)
    return result, nn.utils.parameters_to_vector(model.parameters()).detach(), modes


_mean, _weights, _modes = _epoch(train, nn.CrossEntropyLoss())
_means, _right_weights = _epoch(_plain_epoch, nn.CrossEntropyLoss())[:2]

# test_every_batch_moves_the_weights_once
assert torch.allclose(_weights, _right_weights, atol=1e-5)

# test_returns_the_mean_loss_over_the_batches
assert isinstance(_mean, float)
assert min(abs(_mean - _right) for _right in _means) < 1e-4

# test_trains_in_training_mode
assert _modes == [True] * 3
_ones = DataLoader(TensorDataset(torch.randn(60, 4), torch.randint(3, (60,))), batch_size=1)
_model, _modes = copy.deepcopy(_start), []
_model.register_forward_pre_hook(
    lambda module, _: _modes.append((torch.is_grad_enabled(), module.training))
)
train(_ones, _model, nn.CrossEntropyLoss(), torch.optim.SGD(_model.parameters(), lr=0.01))
assert [mode for graph, mode in _modes if graph] == [True] * 60

# test_trains_with_the_loss_and_the_optimizer_it_is_given
_other_loss = nn.CrossEntropyLoss(weight=torch.tensor([0.5, 1.0, 2.0]), label_smoothing=0.2)
_weights = _epoch(train, _other_loss, momentum=0.8)[1]
assert torch.allclose(_weights, _epoch(_plain_epoch, _other_loss, 0.8)[1], atol=1e-5)
_sgd = torch.optim.SGD(_start.parameters(), lr=0.3)
_again = [train(_loader, copy.deepcopy(_start), nn.CrossEntropyLoss(), _sgd) for _n in range(2)]
assert _sgd.param_groups[0]["lr"] == 0.3

# test_uses_the_short_last_batch
_short = _epoch(train, nn.CrossEntropyLoss())[1]
assert torch.allclose(_short, _right_weights, atol=1e-5)

# test_mean_loss_is_a_float_in_every_epoch
assert all(isinstance(_one, float) for _one in _again)
assert all(min(abs(_one - _right) for _right in _means) < 3 for _one in _again)

# test_takes_the_batches_as_the_loader_gives_them
_rows = TensorDataset(torch.randn(24, 2, 4), torch.randn(24, 2, 3))
_turned = DataLoader(_rows, batch_size=2, sampler=list(range(23, -1, -1)))
_trained = []
for _function in (train, _plain_epoch):
    _model = copy.deepcopy(_start)
    _function(_turned, _model, nn.MSELoss(), torch.optim.SGD(_model.parameters(), lr=0.3))
    _trained.append(nn.utils.parameters_to_vector(_model.parameters()))
assert torch.allclose(*_trained, atol=1e-5)
_seen = set()
_model = nn.Linear(1, 3)
_model.register_forward_pre_hook(lambda _, inputs: _seen.update(inputs[0].flatten().tolist()))
_forty = TensorDataset(torch.arange(40.0)[:, None] / 40, torch.zeros(40, dtype=torch.int64))
_sgd = torch.optim.SGD(_model.parameters(), lr=0.3)
train(DataLoader(_forty, batch_size=4, shuffle=True), _model, nn.CrossEntropyLoss(), _sgd)
assert len(_seen) == 40
