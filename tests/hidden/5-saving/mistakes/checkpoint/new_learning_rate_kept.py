"""The learning rate of the new optimizer is put back.

fails: test_training_goes_on_with_its_momentum, test_training_goes_on_to_the_last_digit, test_training_goes_on_with_all_that_a_model_keeps, test_training_goes_on_with_adam, test_training_goes_on_from_a_machine_with_a_gpu
hint: Which learning rate has the optimizer after load_checkpoint, and which one was saved?
"""


def save_checkpoint(path, model, optimizer, epoch):
    torch.save(
        {"model": model.state_dict(), "optimizer": optimizer.state_dict(), "epoch": epoch}, path
    )


def load_checkpoint(path, model, optimizer):
    checkpoint = torch.load(path, map_location="cpu", weights_only=True)
    model.load_state_dict(checkpoint["model"])
    lr = optimizer.param_groups[0]["lr"]
    optimizer.load_state_dict(checkpoint["optimizer"])
    for group in optimizer.param_groups:
        group["lr"] = lr
    return checkpoint["epoch"]
