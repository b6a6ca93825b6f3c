"""The Python side of `deno task bench whisper`: ctranslate2, one thread, float32. One request a line on standard
input, as JSON, one answer a line on standard output.

{"model": folder, "mel": base64 of f32 [n, 80]}   -> {"version": "..."}    first of all
{"frames": n, "features": bool}                   -> {"ms": milliseconds, "features": base64 of f32}
"""

import base64
import json
import sys
import time

import ctranslate2
import numpy as np


def main():
    def answer(value):
        print(json.dumps(value), flush=True)

    first = json.loads(sys.stdin.readline())
    mel = np.frombuffer(base64.b64decode(first["mel"]), dtype=np.float32).reshape(-1, 80)
    model = ctranslate2.models.Whisper(
        first["model"], device="cpu", compute_type="float32", inter_threads=1, intra_threads=1
    )
    answer({"version": ctranslate2.__version__})
    for line in sys.stdin:
        request = json.loads(line)
        frames = np.ascontiguousarray(mel[: request["frames"]].T[None])
        start = time.perf_counter()
        last = np.array(model.encode(ctranslate2.StorageView.from_array(frames), to_cpu=True))
        ms = (time.perf_counter() - start) * 1000
        features = {"features": base64.b64encode(last.tobytes()).decode()} if request["features"] else {}
        answer({"ms": ms, **features})


main()
