/**
 * The Web Worker of the browser bundle: one recogniser and at most one stream, called by messages.
 *
 * @module
 */

import type { Recognizer } from "../../src/recognize/recognizer.ts";
import type { FaceTrack } from "../../src/vision/faces/follow_faces.ts";
import { loadRecognizer } from "./load_recognizer.ts";
import { answerCalls } from "../../src/runtime/calls/answer_calls.ts";
import { webWorkerPort, type WorkerScope } from "../../src/runtime/calls/web_worker.ts";
import type { Calls } from "./calls.ts";
import { largestStream, type WorkerStream } from "./worker_stream.ts";

let recognizer: Recognizer | undefined;
let stream: WorkerStream | undefined;
/** The faces of the film that was gone through last. */
let tracks: readonly FaceTrack[] = [];

answerCalls<Calls>(webWorkerPort(globalThis as unknown as WorkerScope), {
  async load({ url, bytes }) {
    const loaded = await loadRecognizer(bytes ?? new URL(url!, location.href));
    stream?.dispose();
    stream = undefined;
    recognizer?.dispose();
    recognizer = loaded;
    tracks = [];
    return loaded.card;
  },
  predict: ({ clip, options }) => loadedRecognizer().predict(clip, options),
  enrol: ({ clips, former }) => loadedRecognizer().enrol(clips, former),
  checkEnrolment: (value) => loadedRecognizer().checkEnrolment(value),
  async predictFaces({ clip, options }) {
    const { predictFilm } = await severalFaces();
    const film = await predictFilm(loadedRecognizer(), clip, options);
    tracks = film.tracks;
    return film.parts;
  },
  async open({ faces = "largest", ...options }) {
    stream?.dispose();
    const recognizer = loadedRecognizer();
    stream = faces === "largest"
      ? largestStream(recognizer, options)
      : (await severalFaces()).facesStream(
        recognizer,
        options,
        faces === "found" ? tracks : undefined,
      );
    return null;
  },
  push: (chunk) => openStream().push(chunk),
  faces: () => openStream().faces(),
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

function openStream(): WorkerStream {
  if (!stream) throw new Error("no stream is open");
  return stream;
}

/** What only those need who recognise several faces. */
function severalFaces() {
  return import("./several_faces.ts");
}
