"""Takes the sample out again for each of the five."""


def sample_info(dataset, index):
    return (
        dataset[index][0].shape,
        dataset[index][0].dtype,
        torch.min(dataset[index][0]).item(),
        torch.max(dataset[index][0]).item(),
        dataset[index][1],
    )
