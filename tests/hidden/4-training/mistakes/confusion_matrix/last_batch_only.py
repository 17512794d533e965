"""The matrix is made anew in each batch.

fails: test_rows_are_true_and_columns_predicted, test_has_a_row_for_each_of_num_classes, test_counts_predictions_made_in_evaluation_mode
hint: Add up all entries: is it the number of images, or of those in the last batch?
"""


def confusion_matrix(model, loader, num_classes=10):
    model.eval()
    with torch.no_grad():
        for X, y in loader:
            cm = torch.zeros(num_classes, num_classes, dtype=torch.int64)
            for t, p in zip(y, model(X).argmax(1)):
                cm[t, p] += 1
    return cm
