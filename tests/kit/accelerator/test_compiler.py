"""torch's compiler, imported while the accelerator is present: it finds torch's own functions."""

from __future__ import annotations

import subprocess
import sys

import pytest

PROGRAM = """
import sys
from autograder.kernel.fork_server import preloading
preloading._import_torchvision()
assert "torch._dynamo" not in sys.modules
import torch
from autograder.accelerator import present
own = torch.cuda.is_available
with present():
    patched = torch.cuda.is_available
    model = torch.nn.Linear(2, 2)
    optimizer = torch.optim.SGD(model.parameters(), lr=0.1)
    assert "torch._dynamo" in sys.modules
    assert torch.cuda.is_available is patched, "it is put back after the import"
    model(torch.ones(1, 2)).sum().backward()
    optimizer.step()
assert torch.cuda.is_available is own
from torch._dynamo import trace_rules
seen = {getattr(one, "__wrapped__", one) for one in (patched,)}
tables = trace_rules.get_torch_obj_rule_map()
assert own in tables and not seen & tables.keys()
assert torch._dynamo.__spec__.loader.__class__.__name__ == "SourceFileLoader"
assert not [one for one in sys.meta_path if type(one).__module__.startswith("autograder")]
assert torch.compile(lambda x: x + 1, backend="eager")(torch.ones(1)).item() == 2
import torchvision.ops
boxes = torch.tensor([[0.0, 0.0, 0.0, 4.0, 4.0]])
assert torchvision.ops.roi_align(torch.rand(1, 1, 8, 8), boxes, 2).shape == (1, 1, 2, 2)
"""


@pytest.mark.skipif(sys.platform != "linux", reason="kernels are forked on Linux")
def test_an_optimizer_made_beside_the_accelerator_finds_torch_as_it_is() -> None:
    run = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", PROGRAM],
        capture_output=True,
        text=True,
        check=False,
    )

    assert run.returncode == 0, run.stderr
