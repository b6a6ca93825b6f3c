/** Characters that a line of the terminal on standard output holds; undefined where there is no terminal. */
export function terminalWidth(): number | undefined {
  if (!Deno.stdout.isTerminal()) return undefined;
  // A terminal that nobody looks at may have no size.
  return Deno.consoleSize().columns || undefined;
}
