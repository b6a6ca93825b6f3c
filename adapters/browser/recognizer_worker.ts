/**
 * The Web Worker of the browser bundle: one recogniser and at most one stream, called by messages.
 *
 * @module
 */

import type { Recognizer, RecognizerStream } from "../../src/recognize/recognizer.ts";
import { loadRecognizer } from "./load_recognizer.ts";
import type { AnswerMessage, CallMessage, Calls } from "./messages.ts";

/** What a worker's global scope has of what is used here. */
interface Scope {
  onmessage: ((event: { readonly data: CallMessage }) => void) | null;
  postMessage(message: AnswerMessage): void;
}
const scope = globalThis as unknown as Scope;

let recognizer: Recognizer | undefined;
let stream: RecognizerStream | undefined;

type Handlers = {
  readonly [Name in keyof Calls]: (
    argument: Calls[Name][0],
  ) => Calls[Name][1] | Promise<Calls[Name][1]>;
};

const handlers: Handlers = {
  async load({ url, bytes }) {
    const loaded = await loadRecognizer(bytes ?? new URL(url!, location.href));
    stream?.dispose();
    stream = undefined;
    recognizer?.dispose();
    recognizer = loaded;
    return loaded.card;
  },
  predict: (clip) => loadedRecognizer().predict(clip),
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
};

function loadedRecognizer(): Recognizer {
  if (!recognizer) throw new Error("no model is loaded");
  return recognizer;
}

function openStream(): RecognizerStream {
  if (!stream) throw new Error("no stream is open");
  return stream;
}

/** Calls are answered in their order, so that a stream's chunks cannot overtake one another. */
let last: Promise<void> = Promise.resolve();

scope.onmessage = ({ data }) => {
  last = last.then(() => answer(data));
};

async function answer({ id, call, argument }: CallMessage): Promise<void> {
  try {
    const value = await (handlers[call] as (argument: unknown) => unknown)(argument);
    scope.postMessage({ id, value });
  } catch (error) {
    const { name, message } = error instanceof Error ? error : new Error(String(error));
    scope.postMessage({ id, error: { name, message } });
  }
}
