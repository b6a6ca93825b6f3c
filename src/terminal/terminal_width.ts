import process from "node:process";

/** Characters that a line of the terminal on standard output holds; undefined where there is no terminal. */
export function terminalWidth(): number | undefined {
  if (!process.stdout.isTTY) return undefined;
  // A terminal that nobody looks at may have no size.
  return process.stdout.columns || undefined;
}
