"""Printed, not returned.

fails: test_gives_the_softmax_of_each_image, test_shares_out_1_in_a_batch_of_any_size, test_is_right_to_the_last_digit, test_copes_with_large_logits, test_runs_the_model_in_evaluation_mode, test_calls_the_model, test_gives_float32_numbers_without_a_graph, test_leaves_the_model_and_the_images_as_they_were
hint: Your function gives None. Which line should hand the probabilities back?
"""


def predict_proba(model, X):
    model.eval()
    with torch.no_grad():
        print(torch.softmax(model(X), dim=1))
