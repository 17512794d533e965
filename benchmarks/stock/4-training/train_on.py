torch.manual_seed(36)
_net = nn.Sequential(nn.Linear(4, 5), nn.Tanh(), nn.Linear(5, 3))
_plain = copy.deepcopy(_net)
_x, _y = torch.randn(9, 4), torch.randint(3, (9,))
_loader = DataLoader(TensorDataset(_x, _y), batch_size=4)

# test_trains_on_the_cpu_as_train_does
_losses, _modes = [], []
for _part, _labels in zip(_x.split(4), _y.split(4), strict=True):
    _loss = nn.functional.cross_entropy(_plain(_part), _labels)
    _plain.zero_grad()
    _loss.backward()
    with torch.no_grad():
        for _p in _plain.parameters():
            _p -= 0.3 * _p.grad
    _losses.append(_loss.item())
_means = sum(_losses) / 3, (4 * _losses[0] + 4 * _losses[1] + _losses[2]) / 9
_net.register_forward_pre_hook(lambda module, _: _modes.append(module.training))
_net.eval()
_sgd = torch.optim.SGD(_net.parameters(), lr=0.3)
_mean = train_on(_loader, _net, nn.CrossEntropyLoss(), _sgd, torch.device("cpu"))
_weights, _right = (nn.utils.parameters_to_vector(_m.parameters()) for _m in (_net, _plain))
assert torch.allclose(_weights, _right, atol=1e-5)
assert _modes == [True] * 3

# test_takes_the_batches_as_the_loader_gives_them_on_the_cpu
_taken = []
_flat, _rows = nn.Linear(4, 3), TensorDataset(torch.randn(6, 2, 4), torch.randn(6, 2, 3))
_flat.register_forward_pre_hook(lambda _, inputs: _taken.append(inputs[0]))
_turned = DataLoader(_rows, batch_size=2, sampler=[5, 4, 3, 2, 1, 0])
_sgd = torch.optim.SGD(_flat.parameters(), lr=0.3)
train_on(_turned, _flat, nn.MSELoss(), _sgd, torch.device("cpu"))
assert torch.equal(torch.cat(_taken), _rows.tensors[0].flip(0))

# test_returns_the_mean_loss_of_all_batches
assert isinstance(_mean, float)
assert min(abs(_mean - _right) for _right in _means) < 1e-4

# test_moves_every_batch_to_the_device
_devices = []


def _loss_on_the_cpu(outputs, y):
    """Keeps where the batch is. A loss that has a value lets the epoch go on on the meta device."""
    _devices.append((outputs.device.type, y.device.type))
    return torch.zeros((), requires_grad=True)


_net.to("meta")
_sgd = torch.optim.SGD(_net.parameters(), lr=0.3)
try:
    train_on(_loader, _net, _loss_on_the_cpu, _sgd, torch.device("meta"))
except (RuntimeError, NotImplementedError):
    pass  # Reading a number off the meta device, after the last batch.
assert _devices == [("meta", "meta")] * 3
