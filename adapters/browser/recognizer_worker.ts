/**
 * The Web Worker of the browser bundle: one recogniser and at most one stream, called by messages.
 *
 * @module
 */

import type { Recognizer, RecognizerStream } from "../../src/recognize/recognizer.ts";
import { loadRecognizer } from "./load_recognizer.ts";
import { answerCalls } from "../../src/runtime/calls/answer_calls.ts";
import { webWorkerPort, type WorkerScope } from "../../src/runtime/calls/web_worker.ts";
import type { Calls } from "./calls.ts";

let recognizer: Recognizer | undefined;
let stream: RecognizerStream | undefined;

answerCalls<Calls>(webWorkerPort(globalThis as unknown as WorkerScope), {
  async load({ url, bytes }) {
    const loaded = await loadRecognizer(bytes ?? new URL(url!, location.href));
    stream?.dispose();
    stream = undefined;
    recognizer?.dispose();
    recognizer = loaded;
    return loaded.card;
  },
  predict: ({ clip, options }) => loadedRecognizer().predict(clip, options),
  enrol: ({ clips, former }) => loadedRecognizer().enrol(clips, former),
  checkEnrolment: (value) => loadedRecognizer().checkEnrolment(value),
  open(options) {
    stream?.dispose();
    stream = loadedRecognizer().stream(options);
    return null;
  },
  push: (chunk) => openStream().push(chunk),
  end() {
    const rest = openStream().end();
    stream?.dispose();
    stream = undefined;
    return rest;
  },
});

function loadedRecognizer(): Recognizer {
  if (!recognizer) throw new Error("no model is loaded");
  return recognizer;
}

function openStream(): RecognizerStream {
  if (!stream) throw new Error("no stream is open");
  return stream;
}
