"""The name model is given what fit returns, which is the history.

fails: test_reads_digits_it_has_never_seen
hint: fit trains the network in place. What does it return?
"""

torch.manual_seed(1)
model = fit(NeuralNetwork(), train_loader, test_loader, epochs=1, lr=0.2)
