_images, _labels = test_data.tensors
model.eval()
with torch.no_grad():
    _right = (model(_images).argmax(dim=1) == _labels).float()

# test_is_trained_by_a_loop_of_your_own
assert _right.mean() >= 0.85

# test_reads_digits_it_has_never_seen
assert _right.mean() >= 0.85

# test_reads_each_of_the_ten_digits
assert min(_right[_labels == _digit].mean() for _digit in range(10)) >= 0.35
