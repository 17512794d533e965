torch.manual_seed(31)
_net = nn.Linear(3, 4)
_loss, _optimizer = make_loss_and_optimizer(_net, lr=0.3)

# test_loss_is_the_cross_entropy_of_logits
_logits, _y = torch.randn(7, 4), torch.tensor([3, 1, 0, 2, 2, 1, 3])
assert torch.isclose(_loss(_logits, _y), nn.functional.cross_entropy(_logits, _y))

# test_loss_is_right_for_logits_far_apart
_far = 200 * torch.eye(4)[[0, 1, 2]]
assert torch.isclose(_loss(_far, torch.tensor([1, 2, 3])), torch.tensor(200.0))


def _step_by_gradient():
    """One step; how far each weight went against its gradient, in multiples of it."""
    before = [p.detach().clone() for p in _net.parameters()]
    for p in _net.parameters():
        p.grad = torch.arange(1.0, p.numel() + 1).reshape(p.shape)
    _optimizer.step()
    moved = [(b - p.detach()) / p.grad for b, p in zip(before, _net.parameters(), strict=True)]
    return torch.cat([m.flatten() for m in moved])


_rates, _rates_then = _step_by_gradient(), _step_by_gradient()

# test_optimizer_moves_all_weights_of_the_model
assert (_rates > 0).all()
assert torch.allclose(torch.cat([_rates, _rates_then]), _rates[0], rtol=1e-3)

# test_learning_rate_is_the_one_given
assert torch.allclose(_rates, torch.tensor(0.3), rtol=1e-3)

# test_optimizer_moves_parameters_of_all_kinds
_kinds = nn.Sequential(nn.Conv2d(1, 2, 3), nn.BatchNorm2d(2), nn.Embedding(3, 2))
_kinds.scale = nn.Parameter(torch.ones(2))
_kinds_sgd = make_loss_and_optimizer(_kinds, 0.25)[1]
_kinds_before = [p.detach().clone() for p in _kinds.parameters()]
for _one in _kinds.parameters():
    _one.grad = torch.ones_like(_one)
_kinds_sgd.step()
assert not any(torch.equal(b, p) for b, p in zip(_kinds_before, _kinds.parameters(), strict=True))

# test_changes_nothing_of_the_model
_frozen = nn.Sequential(nn.Linear(3, 4))
_frozen[0].bias.requires_grad_(False)
make_loss_and_optimizer(_frozen, lr=0.3)
assert not _frozen[0].bias.requires_grad
_other = nn.Sequential(nn.Linear(3, 4), nn.Dropout()).eval()
_before = [p.detach().clone() for p in _other.parameters()]
make_loss_and_optimizer(_other, lr=0.3)
assert not any(m.training for m in _other.modules())
assert all(torch.equal(b, p) for b, p in zip(_before, _other.parameters(), strict=True))
assert all(p.requires_grad for p in _other.parameters())
