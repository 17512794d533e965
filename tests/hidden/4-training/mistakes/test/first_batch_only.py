"""Only the first batch of the loader is looked at.

fails: test_accuracy_is_the_share_of_right_images, test_loss_is_the_mean_loss, test_records_no_gradients, test_leaves_the_model_as_it_was
hint: Only the first batch was looked at. How many images are there in all batches together?
"""


def test(dataloader, model, loss_fn):
    model.eval()
    X, y = next(iter(dataloader))
    with torch.no_grad():
        logits = model(X)
        return count_correct(logits, y) / len(y), loss_fn(logits, y).item()
