"""SGD with momentum and a smaller learning rate at the end."""

torch.manual_seed(7)
model = NeuralNetwork()
loss_fn = nn.CrossEntropyLoss()
optimizer = torch.optim.SGD(model.parameters(), lr=0.05, momentum=0.9)
for epoch in range(5):
    if epoch == 4:
        optimizer.param_groups[0]["lr"] = 0.005
    train(train_loader, model, loss_fn, optimizer)
model.eval()
