torch.manual_seed(35)
_net = nn.Sequential(nn.Linear(4, 5), nn.Tanh(), nn.Linear(5, 3))
_plain = copy.deepcopy(_net)
_train_x, _train_y = torch.randn(8, 4), torch.randint(3, (8,))
_test_x, _test_y = torch.randn(8, 4), torch.randint(3, (8,))
_history = fit(
    _net,
    DataLoader(TensorDataset(_train_x, _train_y), batch_size=4),
    DataLoader(TensorDataset(_test_x, _test_y), batch_size=4),
    epochs=2,
    lr=0.3,
)


def _plain_epoch():
    """The three numbers of an epoch. Batches are of one size, so all ways to average agree."""
    losses = []
    for x, y in zip(_train_x.split(4), _train_y.split(4), strict=True):
        loss = nn.functional.cross_entropy(_plain(x), y)
        _plain.zero_grad()
        loss.backward()
        with torch.no_grad():
            for p in _plain.parameters():
                p -= 0.3 * p.grad
        losses.append(loss.item())
    return [sum(losses) / 2, *_measured(_plain)]


def _measured(model):
    with torch.no_grad():
        logits = model(_test_x)
    right = (logits.argmax(dim=1) == _test_y).float().mean()
    return nn.functional.cross_entropy(logits, _test_y).item(), right.item()


_right_rows = torch.tensor([_plain_epoch(), _plain_epoch()])
_keys = ("train_loss", "test_loss", "accuracy")

# test_trains_the_model_it_is_given
_weights, _right = (nn.utils.parameters_to_vector(_m.parameters()) for _m in (_net, _plain))
assert torch.allclose(_weights, _right, atol=1e-5)

# test_the_last_epoch_is_the_last_that_was_asked_for
assert len(_history) == 2
assert torch.allclose(_weights, _right, atol=1e-5)

_zeros = DataLoader(TensorDataset(torch.ones(4, 4), torch.zeros(4, dtype=torch.int64)), 2)
_sure = nn.Linear(4, 3)
nn.init.zeros_(_sure.weight)
_sure.bias.data = torch.tensor([20.0, 0.0, 0.0])
assert [len(fit(_sure, _zeros, _zeros, epochs=_n, lr=1e-7)) for _n in (6, 1)] == [6, 1]

# test_gives_one_dict_for_each_epoch
_rows = torch.tensor([[_row[_key] for _key in _keys] for _row in _history])
assert _rows.shape == (2, 3)
assert torch.allclose(_rows, _right_rows, atol=1e-4)

# test_last_accuracy_is_that_of_the_trained_model
_last = torch.tensor([_history[-1]["test_loss"], _history[-1]["accuracy"]])
assert torch.allclose(_last, torch.tensor(_measured(_net)), atol=1e-4)

# test_numbers_are_floats_with_all_digits
assert all(isinstance(_row[_key], float) for _row in _history for _key in _keys)
