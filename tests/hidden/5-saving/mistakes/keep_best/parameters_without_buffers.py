"""Parameters are kept and put back, the buffers of batch normalization are not.

fails: test_puts_back_the_whole_state_dict
hint: What does state_dict() hold besides the parameters?
"""


def keep_best(model, run_epoch, epochs):
    best, kept = 0.0, None
    for epoch in range(epochs):
        accuracy = run_epoch(model)
        if accuracy > best:
            best, kept = accuracy, [p.detach().clone() for p in model.parameters()]
    with torch.no_grad():
        for p, saved in zip(model.parameters(), kept):
            p.copy_(saved)
    return best
