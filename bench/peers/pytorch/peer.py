"""PyTorch: fused optimizers, tensors made beforehand, eager or compiled, whichever is faster."""

import gzip
import os
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

import numpy
import torch
from serve import fastest, in_turn, repeated, samples, serve
from torch import nn
from torch.nn import functional


def prepare(request):
    kinds = {"train": training, "infer": reading, "gemm": product, "time-to-99": time_to_99}
    torch.set_num_threads(request["threads"])
    return kinds[request["kind"]](request)


def at_its_best(make, threads):
    """The fastest of eager and compiled, on one thread and on all; `make(compiled)` gives a step."""
    candidates = []
    for compiled in (False, True):
        try:
            step = make(compiled)
            step()
        except Exception:
            if not compiled:
                raise
            continue
        for count in sorted({1, threads}):
            how = "torch.compile" if compiled else "eager"
            candidates.append((f"{how} on {count}", on_threads(count, repeated(step))))
    note, measure = fastest(candidates)
    return measure, note


def on_threads(count, measure):
    def measured(seconds):
        torch.set_num_threads(count)
        return measure(seconds)

    return measured


def training(request):
    following = in_turn(batches(request))
    rate = request["optimizer"]["learningRate"]
    kind = {"adam": torch.optim.Adam, "sgd": torch.optim.SGD}[request["optimizer"]["type"]]

    def make(compiled):
        model = network(request["model"])
        optimizer = kind(model.parameters(), lr=rate, fused=True)

        def loss_of(images, labels):
            return functional.cross_entropy(model(images), labels)

        forward = torch.compile(loss_of) if compiled else loss_of

        def step():
            optimizer.zero_grad(set_to_none=True)
            forward(*following()).backward()
            optimizer.step()

        return step

    return at_its_best(make, request["threads"])


def reading(request):
    following = in_turn(batches(request))

    def make(compiled):
        model = network(request["model"]).eval()
        forward = torch.compile(model) if compiled else model

        @torch.inference_mode()
        def step():
            forward(following()[0])

        return step

    return at_its_best(make, request["threads"])


def product(request):
    a, b = (torch.rand(request["n"], request["n"]) for _ in range(2))
    c = torch.empty_like(a)
    measure = repeated(lambda: torch.mm(a, b, out=c))
    return measure, f"torch.mm, threads: {request['threads']}"


def network(model):
    height, width, channels = model["input"]
    layers = []
    shape = (channels, height, width)
    for layer in model["layers"]:
        kind = layer["type"]
        if kind == "flatten":
            layers.append(nn.Flatten())
            shape = (int(numpy.prod(shape)),)
        elif kind == "dense":
            layers.append(nn.Linear(shape[0], layer["units"]))
            shape = (layer["units"],)
        elif kind == "conv2d":
            kernel = layer["kernel"]
            layers.append(nn.Conv2d(shape[0], layer["filters"], kernel, padding=layer["padding"]))
            shape = (layer["filters"], *shape[1:])
        elif kind == "maxPool2d":
            layers.append(nn.MaxPool2d(layer["size"]))
            shape = (shape[0], *(side // layer["size"] for side in shape[1:]))
        else:
            raise ValueError(f"no layer {kind}")
        if layer.get("activation") == "relu":
            layers.append(nn.ReLU())
    return nn.Sequential(*layers)


def batches(request):
    height, width, channels = request["model"]["input"]
    images, labels = (torch.from_numpy(array) for array in samples(request))
    images = images.reshape(-1, channels, height, width)
    size = request["batch"]
    whole = len(labels) // size * size
    return list(zip(images[:whole].split(size), labels[:whole].long().split(size)))


def time_to_99(request):
    """The fastest published recipe: one epoch with a one-cycle rate, data preloaded."""
    if request["dataSet"] != "mnist":
        raise ValueError("MNIST is not there; set INKLING_DATA to its folder")
    start = time.perf_counter()
    train_images, train_labels = mnist("train")
    test_images, test_labels = mnist("t10k")
    loading_s = time.perf_counter() - start
    seed = 0

    def measure(_seconds):
        nonlocal seed
        seed += 1
        torch.manual_seed(seed)
        model = recipe_network()
        size, epochs = 256, 1
        steps = epochs * -(-len(train_labels) // size)
        optimizer = torch.optim.Adam(model.parameters(), lr=0.01, betas=(0.7, 0.9), fused=True)
        schedule = torch.optim.lr_scheduler.OneCycleLR(
            optimizer, max_lr=0.01, total_steps=steps, cycle_momentum=False
        )
        start = time.perf_counter()
        for chosen in torch.randperm(len(train_labels)).split(size):
            loss = functional.cross_entropy(model(train_images[chosen]), train_labels[chosen])
            optimizer.zero_grad(set_to_none=True)
            loss.backward()
            optimizer.step()
            schedule.step()
        seconds = time.perf_counter() - start
        model.eval()
        with torch.inference_mode():
            guesses = torch.cat([model(part).argmax(1) for part in test_images.split(1000)])
        accuracy = (guesses == test_labels).float().mean().item()
        return {"rate": 1 / seconds, "accuracy": accuracy}

    note = "conv 24, conv 32, dense 256; Adam, one-cycle rate to 0.01, batch 256, one epoch"
    return measure, {"note": note, "loadingS": loading_s}


def recipe_network():
    return nn.Sequential(
        nn.Conv2d(1, 24, 5, padding="same"),
        nn.ReLU(),
        nn.MaxPool2d(2),
        nn.Conv2d(24, 32, 3, padding="same"),
        nn.ReLU(),
        nn.MaxPool2d(2),
        nn.Flatten(),
        nn.Linear(32 * 7 * 7, 256),
        nn.ReLU(),
        nn.Linear(256, 10),
    )


def mnist(part):
    """Images `[n, 1, 28, 28]` from 0 to 1 and labels `[n]`, from $INKLING_DATA/mnist."""
    folder = Path(os.environ["INKLING_DATA"]) / "mnist"
    images = idx(folder / f"{part}-images-idx3-ubyte", 16).reshape(-1, 1, 28, 28)
    labels = idx(folder / f"{part}-labels-idx1-ubyte", 8)
    return torch.from_numpy(images).float() / 255, torch.from_numpy(labels).long()


def idx(path, header):
    packed = path.with_name(path.name + ".gz")
    data = gzip.decompress(packed.read_bytes()) if packed.exists() else path.read_bytes()
    return numpy.frombuffer(data, numpy.uint8, offset=header).copy()


serve(prepare)
