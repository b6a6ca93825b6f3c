/** One call on its way to a worker. */
export interface CallMessage {
  /** Number of the call, which its answer repeats. */
  readonly id: number;
  /** Name of what is called, a key of the table of calls. */
  readonly call: string;
  /** Its argument, as plain data. */
  readonly argument: unknown;
}

/** What a worker says of a call: something on the way, or in the end its answer or what went wrong. */
export type AnswerMessage =
  | { readonly id: number; readonly report: unknown }
  | { readonly id: number; readonly value: unknown }
  | { readonly id: number; readonly error: CallFailure };

/** An error on its way from a worker. */
export interface CallFailure {
  /** Class name of the error, such as `RangeError`. */
  readonly name: string;
  /** Message of the error, one line. */
  readonly message: string;
  /** What else the worker has to say of it, as plain data. */
  readonly detail?: unknown;
}

/** What a worker can be asked: of each call its argument, its answer, and what it reports before that. */
export type CallTable<Calls> = {
  [Name in keyof Calls]: readonly [argument: unknown, answer: unknown, report?: unknown];
};
