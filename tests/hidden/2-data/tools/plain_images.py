"""Images without the class that torchvision gives them, and what a transform makes of pictures."""

from collections.abc import Callable, Iterable
from typing import Any

import numpy as np
from PIL import Image
from torch import Tensor


def plain(image: Any) -> Any:
    """An image as a plain tensor; anything else as it is."""
    # torchvision's newer transforms give a subclass of Tensor.
    return image.as_subclass(Tensor) if isinstance(image, Tensor) else image


def transformed(
    transform: Callable[[Image.Image], Any], arrays: Iterable[np.ndarray[Any, Any]]
) -> list[Any]:
    """What a transform makes of pictures, given to it as torchvision's MNIST gives them."""
    return [plain(transform(Image.fromarray(array))) for array in arrays]
