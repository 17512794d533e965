"""What students do in a notebook must work in the sandbox as it does without."""

from __future__ import annotations

import pytest

from .conftest import OpenKernel


def test_a_data_loader_with_workers(kernel: OpenKernel) -> None:
    said = kernel.run(
        "import torch\nfrom torch.utils.data import DataLoader, TensorDataset\n"
        "loader = DataLoader(TensorDataset(torch.arange(100.)), batch_size=10, num_workers=2)\n"
        "print(sum(batch.sum().item() for (batch,) in loader))"
    )

    assert said.text == "4950.0\n"


def test_what_a_forked_process_prints_is_heard(kernel: OpenKernel) -> None:
    said = kernel.run(
        "import multiprocessing as mp\n"
        "p = mp.Process(target=print, args=('from a child',)); p.start(); p.join()"
    )
    said.text += kernel.run("import time; time.sleep(0.5)").text

    assert "from a child" in said.text


def test_a_plot_becomes_a_picture(kernel: OpenKernel) -> None:
    said = kernel.run("import matplotlib.pyplot as plt\nplt.plot([1, 2]); plt.show()")

    assert "image/png" in said.mimes


def test_a_model_is_saved_and_loaded(kernel: OpenKernel) -> None:
    said = kernel.run(
        "import torch\nfrom torch import nn\nmodel = nn.Linear(3, 2)\n"
        "torch.save(model.state_dict(), 'model.pth')\n"
        "print(sorted(torch.load('model.pth', weights_only=True)))"
    )

    assert said.text == "['bias', 'weight']\n"


def test_two_gigabytes_of_tensors(kernel: OpenKernel) -> None:
    said = kernel.run("import torch; a = torch.ones(1 << 28); b = a + 1; print(b.sum().item())")

    assert said.text == f"{2.0 * (1 << 28)}\n"


def test_a_network_is_trained(kernel: OpenKernel) -> None:
    said = kernel.run(
        "import torch\nfrom torch import nn\n"
        "model = nn.Sequential(nn.Flatten(), nn.Linear(784, 64), nn.ReLU(), nn.Linear(64, 10))\n"
        "step = torch.optim.SGD(model.parameters(), lr=0.1)\n"
        "for _ in range(5):\n"
        "    loss = nn.functional.cross_entropy(model(torch.rand(64, 1, 28, 28)), "
        "torch.randint(10, (64,)))\n"
        "    step.zero_grad(); loss.backward(); step.step()\n"
        "print(loss.isfinite().item())"
    )

    assert said.text == "True\n"


def test_a_shell_command_and_the_low_level_output(kernel: OpenKernel) -> None:
    said = kernel.run("!echo from a shell\nimport os; _ = os.write(1, b'low level\\n')")
    said.text += kernel.run("import time; time.sleep(0.3)").text

    assert "from a shell" in said.text
    assert "low level" in said.text


def test_a_temporary_file_lies_in_scratch(kernel: OpenKernel) -> None:
    assert kernel.value("__import__('tempfile').mkdtemp().startswith('/tmp/')") == "True"


def test_the_home_folder_is_the_kernels_own(kernel: OpenKernel) -> None:
    assert kernel.value("__import__('os').path.expanduser('~'), __import__('os').getcwd()") == (
        "('/tmp', '/tmp/work')"
    )


def test_a_reset_leaves_modules_importable(kernel: OpenKernel) -> None:
    kernel.run("import torch\n%reset -f --aggressive")

    assert kernel.run("import torch; print(torch.ones(2).sum().item())").text == "2.0\n"


def test_a_table_is_made_with_pandas(kernel: OpenKernel) -> None:
    said = kernel.run(
        "import pandas as pd\n"
        "table = pd.DataFrame({'digit': [3, 5, 3], 'right': [True, False, True]})\n"
        "print(table.groupby('digit').right.mean().to_dict())\n"
        "table.to_csv('digits.csv'); print(len(pd.read_csv('digits.csv')))\n"
        "display(table)"
    )

    assert said.error == ""
    assert said.text.startswith("{3: 1.0, 5: 0.0}\n3\n")
    assert "text/html" in said.mimes


def test_a_classifier_of_scikit_learn_is_trained(kernel: OpenKernel) -> None:
    said = kernel.run(
        "import numpy as np\n"
        "from sklearn.linear_model import LogisticRegression\n"
        "from sklearn.metrics import confusion_matrix\n"
        "X = np.linspace(-1, 1, 200)[:, None]; y = (X[:, 0] > 0).astype(int)\n"
        "model = LogisticRegression().fit(X, y)\n"
        "print(confusion_matrix(y, model.predict(X)).trace() > 190)"
    )

    assert (said.text, said.error) == ("True\n", "")


def test_jobs_of_joblib_run_in_processes(kernel: OpenKernel) -> None:
    """What n_jobs=2 does in scikit-learn: processes, semaphores and shared memory of loky's."""
    said = kernel.run(
        "from joblib import Parallel, delayed\n"
        "print(Parallel(n_jobs=2)(delayed(abs)(-n) for n in range(4)))"
    )

    assert (said.text, said.error) == ("[0, 1, 2, 3]\n", "")


@pytest.mark.parametrize("module", ["tqdm", "tqdm.auto", "tqdm.notebook"])
def test_a_loop_has_a_bar_of_tqdm(kernel: OpenKernel, module: str) -> None:
    said = kernel.run(
        f"from {module} import tqdm\n"
        "total = 0\n"
        "for number in tqdm(range(100), mininterval=0):\n    total += number\n"
        "print(total)"
    )

    assert said.error == ""
    assert "4950\n" in said.text
