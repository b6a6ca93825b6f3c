import type { AnswerMessage, CallMessage } from "./messages.ts";

/** One end of a channel between two threads, as any runtime's worker API gives it. */
export interface Port<Incoming, Outgoing> {
  /**
   * Posts a message; the buffers listed are handed over instead of copied.
   *
   * @throws What the runtime throws if the message cannot be copied.
   */
  post(message: Outgoing, transfer: ArrayBuffer[]): void;
  /** Calls back with every message; once. */
  listen(onMessage: (message: Incoming) => void): void;
}

/** The end of a worker that answers calls. */
export type AnswerPort = Port<CallMessage, AnswerMessage>;

/** A worker, seen from the thread that started it. */
export interface WorkerHandle extends Port<AnswerMessage, CallMessage> {
  /** Calls back when it ended by itself, with the reason; once. */
  onEnd(callback: (reason: string) => void): void;
  /** Ends it, whatever it is doing. */
  terminate(): void;
}
