"""lr 0.001 as in the article: five epochs of 4,000 digits are far too few for such small steps.

fails: test_reads_digits_it_has_never_seen
hint: How much does the loss fall in an epoch? At this pace it would take hundreds.
"""

torch.manual_seed(1)
model = NeuralNetwork()
history = fit(model, train_loader, test_loader, epochs=3, lr=0.001)
