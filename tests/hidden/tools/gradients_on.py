"""Switches gradients on again: what an earlier answer has left switched off costs its own exercise
its points, and no other.
"""

import torch

torch.set_grad_enabled(True)
