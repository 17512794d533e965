"""The array made sure of first, with type hints."""


def from_numpy_shared(a: np.ndarray) -> torch.Tensor:
    """Shares memory."""
    array = np.asarray(a)
    assert isinstance(array, np.ndarray)
    return torch.from_numpy(array)
