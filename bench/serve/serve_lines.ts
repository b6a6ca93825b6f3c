import { createInterface } from "node:readline";
import process from "node:process";

/** The other end of a `LineProcess`: answers each line of JSON on standard input with one on standard output. */
export async function serveLines(answer: (request: never) => Promise<unknown>): Promise<void> {
  for await (const line of createInterface({ input: process.stdin })) {
    process.stdout.write(`${JSON.stringify(await answer(JSON.parse(line) as never))}\n`);
  }
}
