"""Hidden checks of 3-network, first part: flattening, the network itself, counting its parameters.

The files are numbered in the order of the notebook, for reading.

Weights, biases and pixels are drawn so that float32 computes with them exactly: pixels are 0 or
1, weights multiples of 1/4 or 1/16, biases odd multiples of finer fractions, so that no input of a
ReLU is 0. So a right answer gives the same numbers in whichever order it adds them, and the flake
rate is 0.
"""

import itertools
from types import SimpleNamespace

import torch

from autograder.checks import (
    Handle,
    check,
    define,
    expect,
    fairly,
    fetch,
    number_of,
    put,
    require,
    tools,
    type_names,
)

RETURNED = "Does count_parameters return the number that it has counted?"

RIGHT_FLATTEN = tools(__file__, "right_flatten_images")


@check("flatten_images", weight=2)
def test_gives_a_row_of_784_pixels_for_each_image(student, solution, rng):
    X = rng.images(rng.integer(20, 40))
    expect(
        student.flatten_images(X),
        solution.flatten_images(X),
        name="flatten_images(X)",
        hint="Is there one row for each image, with its pixels in the order in which one reads?",
    )


@check("flatten_images")
def test_keeps_a_batch_of_any_size(student, solution, rng):
    for count in (rng.integer(5, 8), 1):
        X = rng.images(count)
        expect(
            student.flatten_images(X),
            solution.flatten_images(X),
            name=f"flatten_images(X) with a batch of {count}",
            hint="Which axis stays, whatever its size? What becomes of a batch of a single image?",
        )


@check("flatten_images")
def test_keeps_the_dtype_and_leaves_the_images_as_they_were(student, solution, rng):
    # Thirds: numbers that no float32 holds.
    for X in (rng.images(3).double() / 3, rng.integers(0, 256, 4, 1, 28, 28).byte()):
        kept = put(student, X)
        expect(
            student.flatten_images(kept),
            solution.flatten_images(X),
            name=f"flatten_images(X) of {str(X.dtype).removeprefix('torch.')} images",
            hint="Flattening only rearranges: who changes the numbers, or their kind?",
            rtol=0.0,
            atol=0.0,
        )
        expect(
            fetch(kept),
            X,
            name="X after flatten_images(X)",
            hint="Is a new tensor made, or a view, instead of changing X itself?",
        )


NETWORK = tools(__file__, "gradients_on", "notebook_network")

# Of the three linear layers: (weight, bias), as PyTorch shapes them.
LAYERS = (((512, 784), (512,)), ((512, 512), (512,)), ((10, 512), (10,)))

BEGIN_THERE = " If other checks of NeuralNetwork fail too, begin with those."


def new_network(space):
    """A network of the notebook's class, and the tools for it."""
    tools = define(space, NETWORK)
    model = tools.make(space.NeuralNetwork)
    # unneeded: what is no Module fails below as well, but without these words
    require(
        isinstance(model, Handle) and "torch.nn.modules.module.Module" in type_names(model),
        "NeuralNetwork() is no nn.Module.",
        hint="Of which class must yours be a kind, to have parameters() and to be callable?",
    )
    return SimpleNamespace(tools=tools, model=model)


def why_not_six(net):
    """The hint for a network that has another number of parameter tensors."""
    in_lists, in_class = net.tools.out_of_sight(net.model)
    if in_lists is True:
        return "nn.Module does not look into a plain list. Which list of torch.nn is for layers?"
    if in_class is True:
        return "Layers belong to each network, not to the class. In which method are they made?"
    return (
        "Are all layers made in __init__, after super().__init__(), and kept in self? And is each "
        "of them there once?"
    )


def layers_of(net):
    """The names of the (weight, bias) of each layer, in the order of LAYERS."""
    shapes = net.tools.shapes(net.model)
    # unneeded: only an answer that replaces named_parameters() gives anything else
    require(isinstance(shapes, dict), "The parameters of NeuralNetwork() cannot be read.")
    shapes = {str(name): shape for name, shape in shapes.items()}
    require(
        len(shapes) == 6,
        f"NeuralNetwork() has {len(shapes)} parameter tensors, expected 6: a weight and a bias "
        "for each of three linear layers.",
        hint=None if len(shapes) == 6 else why_not_six(net),
    )
    names = []
    for weight_shape, bias_shape in LAYERS:
        weights = [name for name, shape in shapes.items() if shape == weight_shape]
        require(
            len(weights) == 1,
            f"NeuralNetwork() has no nn.Linear from {weight_shape[1]} to {weight_shape[0]} "
            "numbers.",
            hint="How many numbers come in, how many go out? The three layers are 784 to 512, 512 "
            "to 512, and 512 to 10.",
        )
        bias = weights[0].removesuffix("weight") + "bias"
        require(
            weights[0].endswith("weight") and shapes.get(bias) == bias_shape,
            "A layer of NeuralNetwork() is no nn.Linear with a bias.",
        )
        names.append((weights[0], bias))
    return names


def draw_numbers(rng):
    """For each layer, the numbers to fill its weight and its bias with, over and over again.

    Prime lengths, so that no two rows of a weight are the same. The hidden numbers spread over
    some -10 to 10: far enough to tell ReLU from what is cut off above or bent around 0.
    """
    numbers = []
    step = 1
    for parts in (4, 16, 16):
        step *= 2 * parts
        weight = rng.integers(-1, 2, 1009) / parts
        bias = (2 * rng.integers(-step // 2, step // 2, 523) + 1) / step
        numbers.append((weight.float(), bias.float()))
    return numbers


def own_weights(numbers):
    """The judge's own (weight, bias) of each layer, filled with these numbers."""
    return [
        (filled(weight, weight_shape), filled(bias, bias_shape))
        for (weight, bias), (weight_shape, bias_shape) in zip(numbers, LAYERS, strict=True)
    ]


def filled(numbers, shape):
    count = torch.Size(shape).numel()
    return numbers.repeat(-(-count // len(numbers)))[:count].reshape(shape)


def own_logits(weights, X):
    """784-512-512-10 with ReLU between, in the judge's own hand."""
    (first, first_bias), (second, second_bias), (third, third_bias) = weights
    x = torch.relu(X.flatten(1) @ first.T + first_bias)
    x = torch.relu(x @ second.T + second_bias)
    return x @ third.T + third_bias


def black_and_white(rng, count):
    return (rng.images(count) > 0.5).float()


def fill(net, numbers):
    """Puts drawn numbers into the student's network; the names of its last layer's parameters."""
    layers = layers_of(net)
    pairs = zip(itertools.chain(*layers), itertools.chain(*numbers), strict=True)
    net.tools.fill(net.model, dict(pairs))
    return list(layers[-1])


@check("NeuralNetwork")
def test_has_the_parameters_of_three_linear_layers(student):
    fairly(student, RIGHT_FLATTEN, lambda: layers_of(new_network(student)))


@check("NeuralNetwork")
def test_gives_each_image_ten_numbers_of_its_own(student, rng):
    X = rng.images(64)
    # The same image but for its pixels below 0, as normalized images have them.
    X[1] = torch.where(X[0] > 0.5, X[0], -X[0])
    X[0] = X[1].clamp(min=0)

    def look():
        model = new_network(student).model
        kept = put(student, X)
        rows = logits_of(model, kept, 64)
        require(
            bool((rows[0] - rows[1:]).abs().amax(dim=1).gt(0).all()),
            "NeuralNetwork()(x) gives the same numbers for different images.",
            hint="Does each pixel count, also one below 0, before the first linear layer?",
        )
        expect(
            fetch(kept),
            X,
            name="x after NeuralNetwork()(x)",
            hint="Does forward make new tensors, or does it change the caller's own?",
        )
        for count in (5, 1):
            hint = (
                "Does what an image gets depend on the other images of the batch, or on chance? "
                "Layers are made once, in __init__."
            )
            expect(
                logits_of(model, X[:count], count),
                rows[:count],
                name=f"NeuralNetwork()(x) of the first {count} of 64 images",
                hint=hint,
                rtol=1e-3,
                atol=1e-4,
            )

    fairly(student, RIGHT_FLATTEN, look)


def logits_of(model, X, count):
    """What the student's network gives for so many images, in the right form."""
    logits = model(X)
    name = f"NeuralNetwork()(x) with a batch of {count}"
    form = logits
    if isinstance(logits, torch.Tensor):
        # unneeded: NaN and inf fail in what is done with them, but here it is said in these words
        require(
            not logits.is_floating_point() or bool(logits.isfinite().all()),
            f"{name} has values that are NaN or infinite.",
        )
        form = torch.zeros_like(logits.detach())
    hint = "Are there ten numbers for each image? Does forward return what the last layer gives?"
    expect(form, torch.zeros(count, 10), name=name, hint=hint)
    return logits.detach()


@check("NeuralNetwork", weight=3)
def test_computes_784_512_512_10_with_relu_between(student, rng):
    numbers = [draw_numbers(rng), draw_numbers(rng)]
    X = black_and_white(rng, 6)
    expected = [own_logits(own_weights(each), X) for each in numbers]

    def look():
        net = new_network(student)
        for each, right in zip(numbers, expected, strict=True):
            fill(net, each)
            net.model.train()
            compare_logits(net.model(X), right, "in training mode")
        net.model.eval()
        compare_logits(net.model(X), expected[1], "in evaluation mode")

    fairly(student, RIGHT_FLATTEN, look)


def compare_logits(actual, right, mode):
    """Compares with what the student's own weights give; the graph has a check of its own."""
    expect(
        detached(actual),
        right,
        name=f"NeuralNetwork()(x) with weights that the check has set, {mode},",
        hint="After which layers does a ReLU come, and after which does none? In which order do "
        "they come, and does each take what the one before has given?",
        rtol=1e-4,
        atol=1e-4,
    )


def detached(result):
    return result.detach() if isinstance(result, torch.Tensor) else result


@check("NeuralNetwork")
def test_ends_with_the_last_layer_and_gives_logits(student, rng):
    # Whatever comes before: what the last linear layer gives grows with its weights, and turns
    # with their sign. Probabilities don't, nor does what an activation function gives.
    numbers = draw_numbers(rng)
    X = black_and_white(rng, 7)
    factor = -float(rng.integer(2, 6))

    def look():
        net = new_network(student)
        last = fill(net, numbers)
        before = logits_of(net.model, X, len(X))
        net.tools.scale(net.model, last, factor)
        after = logits_of(net.model, X, len(X))
        sums = before.sum(dim=1)
        require(
            not torch.allclose(sums, torch.ones(len(X)), atol=1e-3),
            "The numbers that NeuralNetwork()(x) gives for an image sum to 1: they are "
            "probabilities, not logits.",
            hint="What comes after the last linear layer?",
        )
        require(
            bool((before < 0).any()) and bool((before > 0).any()),
            "NeuralNetwork()(x) gives only positive or only negative numbers; logits are both.",
            hint="What comes after the last linear layer?",
        )
        expect(
            after,
            factor * before,
            name="NeuralNetwork()(x) with the weights of the last layer multiplied",
            hint="Is what the last linear layer gives returned as it is?" + BEGIN_THERE,
            rtol=1e-4,
            atol=1e-4,
        )

    fairly(student, RIGHT_FLATTEN, look)


@check("NeuralNetwork")
def test_each_network_learns_by_gradients_of_its_own(student, rng):
    numbers, others = draw_numbers(rng), draw_numbers(rng)
    X = black_and_white(rng, 5)
    direction = rng.integers(-3, 4, 5, 10).float()
    expected = own_gradients(own_weights(numbers), X, direction)

    def look():
        net, another = new_network(student), new_network(student)
        fill(net, numbers)
        fill(another, others)
        names = list(itertools.chain(*layers_of(net)))
        gradients = net.tools.gradients(net.model, X, direction)
        require(isinstance(gradients, dict), "The gradients of NeuralNetwork() cannot be read.")
        missing = sum(gradients.get(name) is None for name in names)
        require(
            not missing,
            f"After backward() {missing} of the 6 parameter tensors have no gradient.",
            hint="Does the way from the images to the logits pass through each layer, and stay "
            "inside PyTorch all along, with gradients recorded?",
        )
        for name, right in zip(names, expected, strict=True):
            expect(
                detached(gradients[name]),
                right,
                name=f"The gradient that arrives at a {name.rpartition('.')[2]}",
                hint="Has each network layers of its own, and do its logits come from them alone?"
                + BEGIN_THERE,
                rtol=1e-3,
                atol=1e-3,
            )

    fairly(student, RIGHT_FLATTEN, look)


def own_gradients(weights, X, direction):
    """As the tool's `gradients`, of the judge's own network."""
    weights = [(weight.requires_grad_(), bias.requires_grad_()) for weight, bias in weights]
    (own_logits(weights, X) * direction).sum().backward()
    return [p.grad.flatten(1).sum(1) if p.dim() > 1 else p.grad for pair in weights for p in pair]


COUNTED = tools(__file__, "counted_networks", "model_states")


def draw_sizes(rng):
    """Three sizes, all different."""
    return tuple(rng.shuffled(range(3, 12))[:3])


def require_count(student, model, count, which, hint):
    """The right number, whatever its type: that has a check of its own."""
    got = number_of(student.count_parameters(model))
    # unneeded: None is not the right number either, but these are the better words for it
    require(got is not None, "count_parameters(model) did not return a number.", hint=RETURNED)
    require(
        bool(got == count),
        f"count_parameters(model) is not the number of trained numbers {which}.",
        hint=hint,
    )


@check("count_parameters", weight=2)
def test_counts_every_number_of_every_parameter(student, rng):
    tools = define(student, COUNTED)
    hint = (
        "A weight of 3 rows and 4 columns is one tensor, but how many numbers are in it? And are "
        "all parameters there, biases and those inside of inner modules too?"
    )
    a, b, c = draw_sizes(rng)
    model = tools.of_many_kinds(a, b, c)
    count = a * b + (9 * a + 1) * b + c * a + a * b * c
    require_count(student, model, count, "in layers of several kinds", hint)


@check("count_parameters")
def test_leaves_out_what_is_frozen(student, rng):
    tools = define(student, COUNTED)
    hint = "Which attribute of a parameter says whether it gets a gradient, and so is trained?"
    a, b, c = draw_sizes(rng)
    model = tools.frozen(a, b, c)
    require_count(student, model, (b + 1) * c, "where a layer is frozen", hint)
    require_count(student, tools.bias_frozen(a, c), a * c, "where a bias is frozen", hint)


@check("count_parameters")
def test_leaves_out_buffers(student, rng):
    tools = define(student, COUNTED)
    a, b, c = draw_sizes(rng)
    hint = (
        "A model also keeps numbers that no optimizer moves, such as the running mean of batch "
        "normalization. Which method gives the parameters only?"
    )
    model = tools.with_buffers(a, b, c)
    require_count(student, model, (a + 1) * b + 2 * b, "where a model has buffers too", hint)


@check("count_parameters")
def test_counts_shared_parameters_once(student, rng):
    tools = define(student, COUNTED)
    a, b, _ = draw_sizes(rng)
    hint = "If two layers use the same tensor, how many numbers can training change?"
    model = tools.shared(a, b)
    before = tools.tensors_of(model)
    require_count(student, model, 2 * a * b + a + b, "where layers share some", hint)
    expect(
        tools.tensors_of(model),
        before,
        name="The model after count_parameters(model)",
        hint="Counting only looks: can the model still learn afterwards?",
    )


@check("count_parameters")
def test_returns_an_int(student, rng):
    tools = define(student, COUNTED)
    a, b, c = draw_sizes(rng)
    expect(
        student.count_parameters(tools.layered(a, b, c)),
        (a + 1) * b + (b + 1) * c,
        name="count_parameters(model)",
        hint="Is it the right number, and a plain int?",
    )


CLAUSES = {
    "flatten_images": [
        {
            "text": "A batch of images as rows of pixels.",
            "why_none": "the title, which the next words say in full",
        },
        {
            "text": "tensor (N, 1, 28, 28) of any dtype",
            "checks": ["test_keeps_the_dtype_and_leaves_the_images_as_they_were"],
            "broken_by": "mistakes/bytes_scaled",
        },
        {
            "text": "N is any number from 1 on",
            "checks": ["test_keeps_a_batch_of_any_size"],
            "broken_by": "mistakes/squeezes_everything",
        },
        {
            "text": "tensor (N, 784)",
            "checks": [
                "test_gives_a_row_of_784_pixels_for_each_image",
                "test_keeps_a_batch_of_any_size",
                "test_keeps_the_dtype_and_leaves_the_images_as_they_were",
            ],
            "broken_by": "mistakes/channel_axis_kept",
        },
        {
            "text": "of the same dtype",
            "checks": ["test_keeps_the_dtype_and_leaves_the_images_as_they_were"],
            "broken_by": "mistakes/casts_to_float",
        },
        {
            "text": "a row for each image, its pixels line by line",
            "checks": [
                "test_gives_a_row_of_784_pixels_for_each_image",
                "test_keeps_a_batch_of_any_size",
                "test_keeps_the_dtype_and_leaves_the_images_as_they_were",
            ],
            "broken_by": "mistakes/columns_first",
        },
        {
            "text": "a view of X or a new tensor, both are fine",
            "allowed_by": "variants/by_numpy",
        },
        {
            "text": "no",
            "checks": ["test_keeps_the_dtype_and_leaves_the_images_as_they_were"],
            "broken_by": "mistakes/changes_X",
        },
    ],
    "NeuralNetwork": [
        {
            "text": "A network that gives logits for images of digits",
            "checks": [
                "test_computes_784_512_512_10_with_relu_between",
                "test_ends_with_the_last_layer_and_gives_logits",
                "test_each_network_learns_by_gradients_of_its_own",
            ],
            "broken_by": "mistakes/softmax_at_the_end",
        },
        {
            "text": "784-512-512-10 with ReLU between",
            "checks": [
                "test_computes_784_512_512_10_with_relu_between",
                "test_each_network_learns_by_gradients_of_its_own",
            ],
            "broken_by": "mistakes/no_relu",
        },
        {
            "text": "three nn.Linear with biases, from 784 to 512, 512 to 512 and 512 to 10 "
            "numbers: 669,706 parameters in 6 tensors",
            "checks": [
                "test_has_the_parameters_of_three_linear_layers",
                "test_computes_784_512_512_10_with_relu_between",
                "test_ends_with_the_last_layer_and_gives_logits",
                "test_each_network_learns_by_gradients_of_its_own",
            ],
            "broken_by": "mistakes/without_biases",
        },
        {
            "text": "Each NeuralNetwork() has its own",
            "checks": ["test_each_network_learns_by_gradients_of_its_own"],
            "broken_by": "mistakes/layers_shared_by_all",
        },
        {
            "text": "which begin at random",
            "checks": ["test_gives_each_image_ten_numbers_of_its_own"],
            "broken_by": "mistakes/begins_with_zeros",
        },
        {
            "text": "flatten, an nn.Flatten, and linear_relu_stack, an nn.Sequential",
            "why_none": "the usual names: the next words allow any others",
        },
        {
            "text": "other names, and layers kept one by one, are fine",
            "allowed_by": "variants/layers_one_by_one",
        },
        {
            "text": "gives the same in training and in evaluation mode",
            "checks": ["test_computes_784_512_512_10_with_relu_between"],
            "broken_by": "mistakes/softmax_when_evaluated",
        },
        {
            "text": "Makes the layers.",
            "why_none": "the title: which layers, the class says",
        },
        {
            "text": "Takes no arguments.",
            "checks": [
                "test_has_the_parameters_of_three_linear_layers",
                "test_gives_each_image_ten_numbers_of_its_own",
                "test_computes_784_512_512_10_with_relu_between",
                "test_ends_with_the_last_layer_and_gives_logits",
                "test_each_network_learns_by_gradients_of_its_own",
            ],
            "broken_by": {
                "line": "def __init__(self):",
                "becomes": "def __init__(self, classes):",
            },
        },
        {
            "text": "The logits of a batch of images.",
            "why_none": "the title: what is returned says it in full",
        },
        {
            "text": "float32 images (N, 1, 28, 28)",
            "checks": [
                "test_gives_each_image_ten_numbers_of_its_own",
                "test_computes_784_512_512_10_with_relu_between",
                "test_ends_with_the_last_layer_and_gives_logits",
                "test_each_network_learns_by_gradients_of_its_own",
            ],
            "broken_by": "mistakes/not_flattened",
        },
        {
            "text": "N is any number from 1 on",
            "checks": ["test_gives_each_image_ten_numbers_of_its_own"],
            "broken_by": "mistakes/squeezed",
        },
        {
            "text": "float32 tensor (N, 10)",
            "checks": [
                "test_gives_each_image_ten_numbers_of_its_own",
                "test_computes_784_512_512_10_with_relu_between",
                "test_ends_with_the_last_layer_and_gives_logits",
            ],
            "broken_by": {
                "line": "return self.linear_relu_stack(self.flatten(x))",
                "becomes": "return self.linear_relu_stack(self.flatten(x)).double()",
            },
        },
        {
            "text": "what the last linear layer gives",
            "checks": [
                "test_computes_784_512_512_10_with_relu_between",
                "test_ends_with_the_last_layer_and_gives_logits",
                "test_each_network_learns_by_gradients_of_its_own",
            ],
            "broken_by": "mistakes/relu_at_the_end",
        },
        {
            "text": "the row of an image does not depend on the other images of the batch",
            "checks": [
                "test_gives_each_image_ten_numbers_of_its_own",
                "test_computes_784_512_512_10_with_relu_between",
                "test_each_network_learns_by_gradients_of_its_own",
            ],
            "broken_by": "mistakes/minus_the_mean_of_the_batch",
        },
        {
            "text": "are recorded and arrive at all 6 parameter tensors",
            "checks": ["test_each_network_learns_by_gradients_of_its_own"],
            "broken_by": "mistakes/no_grad_in_forward",
        },
        {
            "text": "no",
            "checks": ["test_gives_each_image_ten_numbers_of_its_own"],
            "broken_by": "mistakes/channel_axis_taken_away",
        },
    ],
    "count_parameters": [
        {
            "text": "How many numbers are trained in a model.",
            "why_none": "the title: what is returned says it in full",
        },
        {
            "text": "any nn.Module",
            "checks": ["test_counts_every_number_of_every_parameter"],
            "broken_by": {
                "line": "return sum(p.numel() for p in model.parameters() if p.requires_grad)",
                "becomes": "return sum(p.numel() for p in model.parameters()\n"
                "           if p.requires_grad and p.dim() < 3)",
            },
        },
        {
            "text": "parts of it may be frozen",
            "checks": ["test_leaves_out_what_is_frozen"],
            "broken_by": "mistakes/frozen_model_as_a_whole",
        },
        {
            "text": "have buffers",
            "checks": ["test_leaves_out_buffers"],
            "broken_by": {
                "line": "return sum(p.numel() for p in model.parameters() if p.requires_grad)",
                "becomes": "numbers = [*model.parameters(), *model.buffers()]\n"
                "return sum(p.numel() for p in numbers if p.requires_grad or p.dim() == 0)",
            },
        },
        {
            "text": "or share their parameters",
            "checks": ["test_counts_shared_parameters_once"],
            "broken_by": "mistakes/shared_twice",
        },
        {
            "text": "an int",
            "checks": ["test_returns_an_int"],
            "broken_by": "mistakes/a_tensor",
        },
        {
            "text": "the number of elements of all parameters",
            "checks": [
                "test_counts_every_number_of_every_parameter",
                "test_leaves_out_what_is_frozen",
                "test_leaves_out_buffers",
                "test_counts_shared_parameters_once",
                "test_returns_an_int",
            ],
            "broken_by": "mistakes/counts_tensors",
        },
        {
            "text": "that have requires_grad=True",
            "checks": ["test_leaves_out_what_is_frozen"],
            "broken_by": "mistakes/frozen_too",
        },
        {
            "text": "a parameter that is used in several places counts once",
            "checks": ["test_counts_shared_parameters_once"],
            "broken_by": "mistakes/shared_twice",
        },
        {
            "text": "buffers don't count",
            "checks": ["test_leaves_out_buffers"],
            "broken_by": {
                "line": "return sum(p.numel() for p in model.parameters() if p.requires_grad)",
                "becomes": "count = sum(p.numel() for p in model.parameters() if p.requires_grad)\n"
                "return count + sum(b.numel() for b in model.buffers())",
            },
        },
        {
            "text": "no",
            "checks": ["test_counts_shared_parameters_once"],
            "broken_by": "mistakes/freezes_what_it_counted",
        },
    ],
}
