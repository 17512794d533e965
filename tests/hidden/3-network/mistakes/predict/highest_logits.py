"""The highest logits, not their places.

fails: test_gives_the_class_with_the_highest_logit, test_predicts_in_a_batch_of_any_size, test_predicts_from_large_negative_and_close_logits, test_returns_int64_numbers_in_one_row, test_predicts_by_calling_the_model, test_predicts_in_evaluation_mode_and_changes_nothing
hint: These are the highest logits. Where in its row does each one stand?
"""


def predict(model, X):
    model.eval()
    with torch.no_grad():
        return torch.max(model(X), 1)[0]
