"""A data set of pictures, as torchvision's MNIST is one."""

from collections.abc import Sequence

import torch
from torch.utils.data import Dataset


class Pictures(Dataset[tuple[torch.Tensor, int]]):
    """Like torchvision's MNIST: dataset[i] is (image, label), made by a transform.

    `data` holds pictures (H, W), or (C, H, W); the images of both are (C, H, W). Of those that are
    rows (L,) the images are too. `scale` and `shift` bring them into another range than 0 to 1.
    """

    def __init__(
        self,
        data: torch.Tensor,
        targets: torch.Tensor,
        classes: Sequence[str],
        scale: float = 1.0,
        shift: float = 0.0,
        dtype: torch.dtype = torch.float32,
    ) -> None:
        self.data, self.targets, self.classes = data, targets, classes
        self.class_to_idx = {name: index for index, name in enumerate(classes)}
        self.scale, self.shift, self.dtype = scale, shift, dtype

    def __len__(self) -> int:
        return len(self.data)

    def __getitem__(self, index: int) -> tuple[torch.Tensor, int]:
        picture = self.data[index]
        if picture.dim() != self.data.dim() - 1:
            raise ValueError("Too many dimensions: one index at a time")
        return self.transform(picture), int(self.targets[index])

    def transform(self, picture: torch.Tensor) -> torch.Tensor:
        """The image that is made of a picture's bytes."""
        image = picture.to(self.dtype) / 255 * self.scale + self.shift
        return image.unsqueeze(0) if image.dim() == 2 else image


def repeated(dataset: Pictures, times: int) -> Pictures:
    """A longer data set: each sample so many times, one after the other."""
    data, targets = (
        part.repeat_interleave(times, dim=0) for part in (dataset.data, dataset.targets)
    )
    return type(dataset)(data, targets, dataset.classes)


class Mirrored(Pictures):
    """Pictures whose images are mirrored: the storage does not tell how they lie."""

    def transform(self, picture: torch.Tensor) -> torch.Tensor:
        """The image, left and right swapped."""
        return super().transform(picture).flip(-1)


class Kept(Dataset[tuple[torch.Tensor, int]]):
    """A data set that keeps its images as they are given out: what is done to one stays."""

    def __init__(
        self, images: torch.Tensor, labels: torch.Tensor, classes: Sequence[str] = ()
    ) -> None:
        self.images, self.classes = list(images), classes
        self.labels: list[int] = labels.tolist()

    def __len__(self) -> int:
        return len(self.images)

    def __getitem__(self, index: int) -> tuple[torch.Tensor, int]:
        return self.images[index], self.labels[index]
