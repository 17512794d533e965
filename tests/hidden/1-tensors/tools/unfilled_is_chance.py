"""Where this is run, memory that nobody has filled holds what it held before, as PyTorch has it."""

import torch

torch.use_deterministic_algorithms(False)
