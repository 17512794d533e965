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

# test_has_a_row_for_each_of_num_classes
_matrix = _matrix_of(nn.Identity(), [0, 1, 2, 1, 0], [0, 1, 2, 2, 0], 4)
assert _matrix.tolist() == [[2, 0, 0, 0], [0, 1, 1, 0], [0, 0, 1, 0], [0, 0, 0, 0]]

# test_counts_predictions_made_in_evaluation_mode
_matrix = _matrix_of(_Turned(), [0, 1, 2, 1], [0, 1, 2, 2], 3)
assert _matrix.tolist() == [[1, 0, 0], [0, 1, 1], [0, 0, 1]]
