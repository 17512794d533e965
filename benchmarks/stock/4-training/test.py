class _Scores(nn.Module):
    """Takes its input for the logits, and keeps in which mode it was called."""

    def __init__(self):
        super().__init__()
        self.factor = nn.Parameter(torch.ones(1))
        self.modes = []

    def forward(self, x):
        self.modes.append((self.training, torch.is_grad_enabled()))
        return x * self.factor


torch.manual_seed(34)
_logits, _y = torch.randn(10, 3), torch.tensor([2, 0, 1, 1, 0, 2, 2, 1, 0, 1])
# 4 of the first 9 are right, and the single image of the short last batch.
_logits[range(10), [2, 0, 1, 2, 1, 0, 0, 2, 0, 1]] = 5.0
_scores = _Scores()
_accuracy, _loss = test(
    DataLoader(TensorDataset(_logits, _y), batch_size=3), _scores, nn.CrossEntropyLoss()
)

# test_accuracy_is_the_share_of_right_images
assert isinstance(_accuracy, float)
assert abs(_accuracy - 0.5) < 1e-6

# test_counts_a_short_last_batch_by_its_images
assert abs(_accuracy - 0.5) < 0.02

# test_gives_two_floats_with_all_digits
assert isinstance(_accuracy, float)
assert isinstance(_loss, float)

# test_loss_is_the_mean_loss
_each = nn.functional.cross_entropy(_logits, _y, reduction="none")
_over_batches = sum(_part.mean().item() for _part in _each.split(3)) / 4
assert isinstance(_loss, float)
assert min(abs(_loss - _over_batches), abs(_loss - _each.mean().item())) < 1e-4

# test_looks_at_the_model_in_evaluation_mode
assert not any(_mode[0] for _mode in _scores.modes)

# test_records_no_gradients
assert not any(_mode[1] for _mode in _scores.modes)
assert torch.is_grad_enabled()
with torch.no_grad():
    test(DataLoader(TensorDataset(_logits, _y), batch_size=4), _Scores(), nn.CrossEntropyLoss())
    _still_off = not torch.is_grad_enabled()
assert _still_off

# test_leaves_the_model_as_it_was
assert (_scores.factor.item(), _scores.factor.requires_grad, _scores.factor.grad) == (1, True, None)
_frozen = _Scores().requires_grad_(False)
test(DataLoader(TensorDataset(_logits, _y), batch_size=4), _frozen, nn.CrossEntropyLoss())
assert not _frozen.factor.requires_grad

# test_loss_comes_from_the_function_it_is_given
_blurred = nn.CrossEntropyLoss(label_smoothing=0.5)
_loss = test(DataLoader(TensorDataset(_logits, _y), batch_size=5), _Scores(), _blurred)[1]
assert abs(_loss - _blurred(_logits, _y).item()) < 1e-4


# test_takes_the_images_as_the_loader_gives_them
class _Columns(nn.Module):
    """Takes the first column of each picture for the logits."""

    def __init__(self):
        super().__init__()
        self.offset = nn.Parameter(torch.zeros(1))

    def forward(self, x):
        return x[:, 0, :, 0] + self.offset


_labels = torch.arange(40) % 4
_pictures = torch.stack([torch.eye(4)[_labels], torch.zeros(40, 4)], dim=2)[:, None]
_shuffling = DataLoader(TensorDataset(_pictures, _labels), batch_size=4, shuffle=True)
assert test(_shuffling, _Columns(), nn.CrossEntropyLoss())[0] == 1
