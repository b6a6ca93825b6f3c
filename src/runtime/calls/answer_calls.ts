import type { CallMessage, CallTable } from "./messages.ts";
import type { AnswerPort } from "./port.ts";

/** What a call can do besides giving its answer. */
export interface CallContext<Report = unknown> {
  /** Tells the caller something while the call goes on; the buffers listed are handed over. */
  readonly report: (report: Report, transfer?: ArrayBuffer[]) => void;
  /** Has a buffer of the answer handed over instead of copied. */
  readonly handOver: (buffer: ArrayBuffer) => void;
}

/** A function for each call. */
export type CallHandlers<Calls extends CallTable<Calls>> = {
  readonly [Name in keyof Calls]: (
    argument: Calls[Name][0],
    context: CallContext<Calls[Name][2]>,
  ) => Calls[Name][1] | Promise<Calls[Name][1]>;
};

/**
 * The worker's side of a `WorkerCaller`: does the calls one after the other, in their order. What one
 * throws goes back to its caller, with its class name and message.
 *
 * @param detailOf What else the caller should know of an error, as plain data.
 *
 * @example
 * ```ts ignore
 * answerCalls<{ double: [number, number] }>(webWorkerPort(self), { double: (n) => 2 * n });
 * ```
 */
export function answerCalls<Calls extends CallTable<Calls>>(
  port: AnswerPort,
  handlers: CallHandlers<Calls>,
  detailOf: (error: unknown) => unknown = () => undefined,
): void {
  const answer = async ({ id, call, argument }: CallMessage) => {
    try {
      const handler = handlers[call as keyof Calls];
      const buffers: ArrayBuffer[] = [];
      const value = await handler(argument, {
        report: (report, transfer = []) => port.post({ id, report }, transfer),
        handOver: (buffer) => void buffers.push(buffer),
      });
      port.post({ id, value }, buffers);
    } catch (error) {
      const { name, message } = error instanceof Error ? error : new Error(String(error));
      port.post({ id, error: { name, message, detail: detailOf(error) } }, []);
    }
  };
  let last: Promise<void> = Promise.resolve();
  port.listen((message) => void (last = last.then(() => answer(message))));
}
