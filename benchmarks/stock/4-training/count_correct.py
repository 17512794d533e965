# test_counts_the_images_whose_highest_score_is_the_label
_logits = torch.tensor(
    [
        [0.5, 2.0, -1.0, 0.0],
        [3.0, 1.0, 2.0, 0.0],
        [-4.0, -2.0, -3.0, -1.0],
        [0.0, 0.1, 0.3, 0.2],
        [1.0, 9.0, 8.0, 7.0],
    ]
)
assert count_correct(_logits, torch.tensor([1, 2, 3, 2, 0])) == 3

# test_counts_right_in_a_batch_of_any_size
_counts = [count_correct(_logits[:_n], torch.tensor([1, 2, 3, 2, 0])[:_n]) for _n in (1, 2, 4)]
_hundred = count_correct(torch.eye(4).repeat(25, 1), torch.tensor([0, 1, 2, 0]).repeat(25))
assert [*_counts, _hundred] == [1, 1, 3, 75]
_all_labels, _many = torch.tensor([1, 2, 3, 2, 0]), torch.eye(4).repeat(300, 1)
_others = [50 + _logits / 100, _logits - 90, _logits * 100]
assert [count_correct(_one, _all_labels) for _one in _others] == [3, 3, 3]
assert count_correct(_many, torch.arange(4).repeat(300)) == 1200

# test_returns_an_int
assert isinstance(count_correct(_logits, torch.tensor([1, 2, 3, 2, 0])), (int, np.integer))

# test_leaves_its_arguments_as_they_were
_given, _labels = _logits.clone(), torch.tensor([1, 2, 3, 2, 0])
count_correct(_given, _labels)
assert torch.equal(_given, _logits)
assert _labels.tolist() == [1, 2, 3, 2, 0]
