"""The Keras side of `deno task bench train`: one request a line on standard input, as JSON, one answer a
line on standard output.

{"build": name, "size": n, "weights": [base64 of f32, ...], "x": base64, "labels": [...], ...} -> {"version": ...}
{"epoch": true}                                                                              -> {"ms": ...}
{"loss": true}                                                                               -> {"loss": ...}
"""

import base64
import json
import os
import sys
import time

os.environ["KERAS_BACKEND"] = "tensorflow"
os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"

import keras
import numpy as np
import tensorflow as tf
from keras import layers

THREADS = 2


def cnn1d(size, classes):
    return keras.Sequential([
        keras.Input((size, 1)),
        layers.Conv1D(32, 3, activation="relu"),
        layers.MaxPooling1D(2),
        layers.Conv1D(64, 3, activation="relu"),
        layers.MaxPooling1D(2),
        layers.Flatten(),
        layers.BatchNormalization(),
        layers.Dense(128, activation="relu"),
        layers.Dense(classes, activation="softmax"),
    ])


def cnn2d(frames, bands, classes):
    blocks = []
    for filters, stride, pool in (16, 2, 1), (32, 1, 2), (48, 1, 2), (64, 1, 1):
        blocks += [
            layers.Conv2D(filters, 3, strides=stride, padding="same", use_bias=False),
            layers.BatchNormalization(),
            layers.ReLU(),
        ]
        if pool > 1:
            blocks.append(layers.MaxPooling2D(pool))
    return keras.Sequential([
        keras.Input((frames, bands)),
        layers.BatchNormalization(),
        layers.Reshape((frames, bands, 1)),
        *blocks,
        layers.Reshape((frames // 8, bands // 8 * 64)),
        layers.GlobalAveragePooling1D(),
        layers.Dense(128, activation="relu"),
        layers.Dense(classes, activation="softmax"),
    ])


def floats(text):
    return np.frombuffer(base64.b64decode(text), dtype=np.float32)


def main():
    tf.config.threading.set_intra_op_parallelism_threads(THREADS)
    tf.config.threading.set_inter_op_parallelism_threads(THREADS)
    model, x, y, batch = None, None, None, 0
    for line in sys.stdin:
        request = json.loads(line)
        if "build" in request:
            kind, first, _, second = request["build"].split(" ")
            sizes = (int(first),) if kind == "cnn1d" else (int(first), int(second))
            classes, batch = request["classes"], request["batch"]
            model = (cnn1d if kind == "cnn1d" else cnn2d)(*sizes, classes)
            arrays = zip(request["weights"], model.weights, strict=True)
            model.set_weights([floats(text).reshape(weight.shape) for text, weight in arrays])
            rate = request["learningRate"]
            model.compile(keras.optimizers.Adam(rate), "categorical_crossentropy")
            x = floats(request["x"]).reshape(-1, *model.input_shape[1:])
            y = keras.utils.to_categorical(request["labels"], classes)
            answer = {"version": keras.__version__}
        elif "epoch" in request:
            start = time.perf_counter()
            model.fit(x, y, batch_size=batch, epochs=1, shuffle=False, verbose=0)
            answer = {"ms": (time.perf_counter() - start) * 1000}
        else:
            answer = {"loss": float(model.evaluate(x, y, batch_size=batch, verbose=0))}
        print(json.dumps(answer), flush=True)


if __name__ == "__main__":
    main()
