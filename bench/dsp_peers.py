"""The Python side of `deno task bench dsp`: one request a line on standard input, as JSON, one answer a
line on standard output.

{"signals": [base64 of f32, ...], "rate": 8000}   -> {"versions": {...}}       first of all
{"compute": peer, "signal": i}                    -> {"shape": [k, t], "data": base64 of f32}
{"time": peer, "calls": n}                        -> {"ms": milliseconds}
"""

import base64
import json
import sys
import time
from importlib.metadata import version

import librosa
import numpy as np
import python_speech_features

SIZE, HOP, MELS, COEFFICIENTS = 2048, 512, 128, 40


def by_librosa(y, rate):
    return librosa.feature.mfcc(
        y=y, sr=rate, n_mfcc=COEFFICIENTS, n_fft=SIZE, hop_length=HOP, n_mels=MELS
    )


def by_psf(y, rate):
    return python_speech_features.mfcc(
        y, rate, winlen=SIZE / rate, winstep=HOP / rate, numcep=COEFFICIENTS, nfilt=MELS, nfft=SIZE,
        preemph=0.97, ceplifter=0, appendEnergy=False, winfunc=np.hamming,
    ).T


def main():
    def answer(value):
        print(json.dumps(value), flush=True)

    first = json.loads(sys.stdin.readline())
    rate = first["rate"]
    signals = [np.frombuffer(base64.b64decode(s), dtype=np.float32) for s in first["signals"]]
    doubles = [y.astype(np.float64) for y in signals]
    # Each gets the precision that it computes in.
    peers = {"librosa": (by_librosa, signals), "python_speech_features": (by_psf, doubles)}
    answer({"versions": {name: version(name) for name in peers}})
    for line in sys.stdin:
        request = json.loads(line)
        if "compute" in request:
            compute, inputs = peers[request["compute"]]
            values = compute(inputs[request["signal"]], rate).astype(np.float32)
            data = base64.b64encode(np.ascontiguousarray(values).tobytes()).decode()
            answer({"shape": values.shape, "data": data})
        else:
            compute, inputs = peers[request["time"]]
            start = time.perf_counter()
            for call in range(request["calls"]):
                compute(inputs[call % len(inputs)], rate)
            answer({"ms": (time.perf_counter() - start) * 1000})


if __name__ == "__main__":
    main()
