import process from "node:process";
import { Command, CommanderError, InvalidArgumentError, Option } from "commander";
import { asCalled, commandLine } from "../src/runtime/invocation.ts";
import { describeFailure, isSystemFailure } from "../src/runtime/describe_failure.ts";
import { printable } from "../src/terminal/printable.ts";
import { FlagValueError } from "../src/corpus/parse/flag_value_error.ts";

/** Exit code of a wrong flag or value. */
export const EXIT_USAGE = 2;
/** Exit code of work that could not be done. */
export const EXIT_FAILED = 1;

/**
 * A command called as `deno task NAME`: a wrong flag or value ends it with one line on standard
 * error and exit code 2, `--help` prints the flags.
 */
export function command(name: string, description: string): Command {
  const command = new Command(commandLine(name));
  return command
    .description(asCalled(description))
    .helpOption("-h, --help", "print this help")
    .allowExcessArguments(false)
    .configureOutput({
      // Help and errors have no colours. Left to itself, Commander would ask the environment about them, which
      // the permission sets of tasks do not allow.
      writeOut: (text) => process.stdout.write(asCalled(text)),
      getOutHasColors: () => false,
      getErrHasColors: () => false,
      outputError: (message, write) => {
        const allowed = whatIsAllowed(command, message);
        const surplus = command.args.slice(command.registeredArguments.length).join(", ");
        const named = message.trim()
          .replace(/(too many arguments.* got \d+)\.$/, `$1: ${surplus}`)
          .replace(/\n\(Did you mean/, " (did you mean");
        write(asCalled(`${named}${allowed && `; allowed: ${allowed}`}\n`));
      },
    })
    .exitOverride();
}

/** What would have been right, where Commander's message does not say it; else nothing. */
function whatIsAllowed({ options, registeredArguments }: Command, message: string): string {
  if (message.includes("unknown option")) {
    return [...options.map(({ long }) => long), "--help"].join(" ");
  }
  const flag = /(?:required option|option) '(--[\w-]+) [^']*' (?:not specified|argument missing)/
    .exec(message)?.[1];
  const option = options.find(({ long }) => long === flag);
  if (option) return `${option.flags}, ${option.argChoices?.join(", ") ?? option.description}`;
  const name = /missing required argument '([^']+)'/.exec(message)?.[1];
  const argument = registeredArguments.find((argument) => argument.name() === name);
  return argument?.argChoices?.join(", ") ?? argument?.description ?? "";
}

/** A flag whose value is one of a few names. */
export function choice(flags: string, description: string, names: readonly string[]): Option {
  return new Option(flags, description).choices([...names]);
}

/** A flag whose value is read by `parse`; a `FlagValueError` of it becomes a usage error. */
export function parsed(
  flags: string,
  description: string,
  parse: (text: string) => unknown,
): Option {
  return new Option(flags, description).argParser((text: string) => {
    try {
      return parse(text);
    } catch (error) {
      if (error instanceof FlagValueError) throw new InvalidArgumentError(error.message);
      throw error;
    }
  });
}

/** Reads an integer from `low` to `high`. */
export function integer(low: number, high: number): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (!/^\d+$/.test(text.trim()) || value < low || value > high) {
      throw new InvalidArgumentError(`Allowed: a whole number from ${low} to ${high}.`);
    }
    return value;
  };
}

/** Reads a number above 0 and up to `high`. */
export function positive(high: number): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (text.trim() === "" || !(value > 0 && value <= high)) {
      throw new InvalidArgumentError(`Allowed: a number above 0, up to ${high}.`);
    }
    return value;
  };
}

/** Reads a share. */
export function share(text: string): number {
  const value = Number(text);
  if (text.trim() === "" || !(value >= 0 && value <= 1)) {
    throw new InvalidArgumentError("Allowed: a number from 0 to 1.");
  }
  return value;
}

/** Reads entries between commas; the `RangeError` that `check` throws of them becomes a usage error. */
export function listOf(
  check: (entries: readonly string[]) => unknown,
): (text: string) => string[] {
  return (text) => {
    const entries = text.split(",");
    try {
      check(entries);
    } catch (error) {
      if (error instanceof RangeError) throw new InvalidArgumentError(error.message);
      throw error;
    }
    return entries;
  };
}

/** Who wants to know a command, and not its work done. */
let asked: ((command: Command) => void) | undefined;

/**
 * The command of a task, whose work is not done: the process has to be ended by whoever asks.
 *
 * @param load Imports the task.
 */
export function commandOf(load: () => Promise<unknown>): Promise<Command> {
  return new Promise((resolve, reject) => {
    asked = resolve;
    load().catch(reject);
  });
}

/**
 * Runs `work` on the parsed flags and ends the process: 0 (or `process.exitCode`) when it is done, 2 for wrong flags, 1 with
 * one line on standard error for errors whose class is listed in `expected` and for what the system
 * refuses, such as a full disk. Any other error is a defect of Emofuse and keeps its stack.
 */
export async function runCommand(
  command: Command,
  work: (options: Record<string, unknown>, args: string[]) => Promise<void>,
  // deno-lint-ignore no-explicit-any
  expected: readonly (new (...args: any[]) => Error)[],
): Promise<never> {
  if (asked !== undefined) {
    asked(command);
    return await new Promise<never>(() => {});
  }
  printPrintable();
  try {
    refuseUnknownFlags(command);
    command.parse(process.argv.slice(2), { from: "user" });
    await work(command.opts(), command.args);
  } catch (error) {
    if (error instanceof CommanderError) process.exit(error.exitCode === 0 ? 0 : EXIT_USAGE);
    if (error instanceof UsageError) {
      console.error(asCalled(`error: ${error.message}`));
      process.exit(EXIT_USAGE);
    }
    const known = expected.some((type) => error instanceof type);
    if (!known && !isSystemFailure(error)) throw error;
    console.error(asCalled(`error: ${known ? namingOption(error) : namingPath(error)}`));
    process.exit(EXIT_FAILED);
  }
  process.exit();
}

/** From here on nothing that is printed, such as the name of a file, steers the terminal. */
function printPrintable(): void {
  for (const name of ["log", "error"] as const) {
    const print = console[name];
    console[name] = (...parts: unknown[]) =>
      print(...parts.map((part) => typeof part === "string" ? printable(part) : part));
  }
}

/** What the system refused, with the path that it says, if its message does not. */
function namingPath(error: unknown): string {
  const said = describeFailure(error);
  const { path } = error as { readonly path?: unknown };
  return typeof path === "string" && !said.includes(path) ? `${path}: ${said}` : said;
}

/** The message of an error of the library, with the flag of the option that it says is at fault. */
export function namingOption(error: unknown): string {
  const { message, option } = error as Error & { readonly option?: string };
  if (option === undefined) return message;
  return `${message} (--${option.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)})`;
}

/** Commander looks for missing flags first, and a mistyped one would be called missing. */
function refuseUnknownFlags(command: Command): void {
  // What is parsed here is forgotten before the flags are read: a flag of several values would have them twice.
  command.saveStateBeforeParse();
  const { unknown } = command.parseOptions(process.argv.slice(2));
  const wantsHelp = unknown.some((argument) => argument === "-h" || argument === "--help");
  if (unknown.length > 0 && !wantsHelp) {
    // Commander's own answer, which names the flags that are like it; it is not among its types.
    (command as Command & { unknownOption(flag: string): never }).unknownOption(unknown[0]);
  }
}

/** A flag whose value turned out wrong only when it was used. */
export class UsageError extends Error {
  /** The error's class, for logs. */
  override readonly name = "UsageError";
}
