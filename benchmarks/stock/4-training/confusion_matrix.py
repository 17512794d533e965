class _Turned(nn.Module):
    """Takes its input for the logits; in training mode it moves them by a class."""

    def forward(self, x):
        return x.roll(1, dims=1) if self.training else x


def _matrix_of(model, true, predicted, classes):
    logits = nn.functional.one_hot(torch.tensor(predicted), classes).float()
    loader = DataLoader(TensorDataset(logits, torch.tensor(true)), batch_size=4)
    return confusion_matrix(model, loader, classes)


# test_rows_are_true_and_columns_predicted
_true, _predicted = [3, 3, 0, 9, 7, 1, 1], [5, 5, 0, 4, 7, 1, 8]
_wanted = torch.zeros(10, 10, dtype=torch.int64)
for _pair in zip(_true, _predicted, strict=True):
    _wanted[_pair] += 1
_matrix = _matrix_of(nn.Identity(), _true, _predicted, 10)
assert _matrix.dtype == torch.int64
assert torch.equal(_matrix, _wanted)

# test_counts_a_short_last_batch_in_whole_numbers
assert _matrix.sum() == 7
assert _matrix.dtype == torch.int64

# test_has_a_row_for_each_of_num_classes
_matrix = _matrix_of(nn.Identity(), [0, 1, 2, 1, 0], [0, 1, 2, 2, 0], 4)
assert _matrix.tolist() == [[2, 0, 0, 0], [0, 1, 1, 0], [0, 0, 1, 0], [0, 0, 0, 0]]

# test_counts_predictions_made_in_evaluation_mode
_matrix = _matrix_of(_Turned(), [0, 1, 2, 1], [0, 1, 2, 2], 3)
assert _matrix.tolist() == [[1, 0, 0], [0, 1, 1], [0, 0, 1]]


# test_records_no_gradients_for_the_matrix
class _Watching(nn.Module):
    """Takes its input for the logits, and notes whether gradients are recorded."""

    recorded = False

    def forward(self, x):
        self.recorded = torch.is_grad_enabled()
        return x


_watching = _Watching()
_matrix_of(_watching, [0, 1], [0, 1], 2)
assert not _watching.recorded
assert torch.is_grad_enabled()
with torch.no_grad():
    _matrix_of(_watching, [0, 1], [0, 1], 2)
    _still_off = not torch.is_grad_enabled()
assert _still_off

# test_gives_a_new_matrix_each_time
_matrix_one = _matrix_of(nn.Identity(), [0, 1], [0, 1], 2)
_matrix_two = _matrix_of(nn.Identity(), [0, 1], [1, 1], 2)
assert _matrix_one.tolist() == [[1, 0], [0, 1]]
assert _matrix_two.tolist() == [[0, 1], [0, 1]]
_labels = torch.tensor([0, 1])
_loader, _once = [(torch.eye(2), _labels)], nn.Linear(2, 2)
_matrices = [confusion_matrix(_once, _loader, 2).tolist() for _n in range(2)]
assert _matrices[0] == _matrices[1]
assert _labels.tolist() == [0, 1]
assert all(p.requires_grad for p in _once.parameters())


# test_takes_images_as_the_loader_gives_them
class _Columns(nn.Module):
    """Takes the first column of each picture, less an offset, for the logits."""

    def forward(self, x):
        return x[:, 0, :, 0] - torch.tensor([0.0, 5.0, 9.0])


_true = torch.tensor([0, 1, 2]).repeat(300)
_images = torch.stack([torch.eye(3)[_true] + torch.tensor([0.0, 5.0, 9.0]), torch.zeros(900, 3)], 2)
_shuffling = DataLoader(TensorDataset(_images[:, None], _true), batch_size=60, shuffle=True)
assert confusion_matrix(_Columns(), _shuffling, 3).tolist() == (300 * torch.eye(3)).tolist()
