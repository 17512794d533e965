"""The results are printed, the function returns None.

fails: test_accuracy_is_the_share_of_right_images, test_loss_is_the_mean_loss, test_looks_at_the_model_in_evaluation_mode, test_records_no_gradients, test_leaves_the_model_as_it_was
hint: Return the two numbers; who calls test can print them.
"""


def test(dataloader, model, loss_fn):
    model.eval()
    total, correct = 0.0, 0
    with torch.no_grad():
        for X, y in dataloader:
            pred = model(X)
            total += loss_fn(pred, y).item()
            correct += (pred.argmax(1) == y).sum().item()
    print(f"Accuracy: {100*correct/len(dataloader.dataset):>0.1f}%, Avg loss: {total/len(dataloader):>8f}")
