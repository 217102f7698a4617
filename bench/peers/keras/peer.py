"""Keras on TensorFlow: data sets of ready batches, many steps a call, compiled by XLA or not."""

import os
import sys
import time
from pathlib import Path

os.environ["KERAS_BACKEND"] = "tensorflow"
os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"
sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

import keras
import tensorflow as tf
from keras import layers
from serve import fastest, in_turn, repeated, samples, serve

STEPS_PER_EXECUTION = 64


def prepare(request):
    tf.config.threading.set_intra_op_parallelism_threads(request["threads"])
    tf.config.threading.set_inter_op_parallelism_threads(1)
    kinds = {"train": training, "infer": reading}
    if request["kind"] not in kinds:
        raise ValueError("not written for this peer")
    candidates = [
        ("XLA" if compiled else "graph", kinds[request["kind"]](request, compiled))
        for compiled in (False, True)
    ]
    note, measure = fastest(candidates)
    return measure, f"threads: {request['threads']}, {note}"


def training(request, compiled):
    """Whole epochs of `fit`, without a progress bar."""
    optimizers = {"adam": keras.optimizers.Adam, "sgd": keras.optimizers.SGD}
    optimizer = optimizers[request["optimizer"]["type"]](request["optimizer"]["learningRate"])
    model = network(request["model"])
    model.compile(
        optimizer=optimizer,
        loss=keras.losses.SparseCategoricalCrossentropy(from_logits=True),
        jit_compile=compiled,
        steps_per_execution=STEPS_PER_EXECUTION,
    )
    images, labels = samples(request)
    images = images.reshape(-1, *request["model"]["input"])
    size = request["batch"]
    batches = tf.data.Dataset.from_tensor_slices((images, labels)).batch(size, drop_remainder=True)
    batches = batches.cache().repeat().prefetch(STEPS_PER_EXECUTION)

    def measure(seconds):
        start = time.perf_counter()
        calls = 0
        steps = 4 * STEPS_PER_EXECUTION
        while time.perf_counter() - start < seconds:
            model.fit(batches, epochs=1, steps_per_epoch=steps, verbose=0)
            calls += steps
        return calls / (time.perf_counter() - start)

    return measure


def reading(request, compiled):
    """The model as one compiled function; `predict` alone takes 50 ms."""
    model = network(request["model"])
    forward = tf.function(lambda images: model(images, training=False), jit_compile=compiled)
    images, _ = samples(request)
    size = request["batch"]
    images = images.reshape(-1, *request["model"]["input"])
    parts = [tf.constant(images[i : i + size]) for i in range(0, len(images) - size + 1, size)]
    following = in_turn(parts)
    return repeated(lambda: forward(following()).numpy())


def network(model):
    def layer(description):
        kind = description["type"]
        activation = description.get("activation")
        if kind == "flatten":
            return layers.Flatten()
        if kind == "dense":
            return layers.Dense(description["units"], activation=activation)
        if kind == "conv2d":
            return layers.Conv2D(
                description["filters"],
                description["kernel"],
                padding=description["padding"],
                activation=activation,
            )
        if kind == "maxPool2d":
            return layers.MaxPooling2D(description["size"])
        raise ValueError(f"no layer {kind}")

    built = [layer(description) for description in model["layers"]]
    return keras.Sequential([keras.Input(model["input"]), *built])


serve(prepare)
