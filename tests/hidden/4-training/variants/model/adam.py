"""Adam, without fit."""

torch.manual_seed(7)
model = NeuralNetwork()
loss_fn = nn.CrossEntropyLoss()
optimizer = torch.optim.Adam(model.parameters(), lr=0.001)
for epoch in range(4):
    train(train_loader, model, loss_fn, optimizer)
    print(f"{test(test_loader, model, loss_fn)[0]:.1%}")
