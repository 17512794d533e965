"""One batch for all."""


def mean_and_std(dataset):
    (batch,) = DataLoader(dataset, batch_size=len(dataset))
    std, mean = torch.std_mean(batch[0])
    return mean.item(), std.item()
