import { RootCommand, script, ShellCompDirective } from "@bomb.sh/tab";
import type { Command } from "commander";
import { asCalled } from "../../src/runtime/invocation.ts";

/** The program that is completed. */
const PROGRAM = "emofuse";

/** The shells that can complete commands. */
export const SHELLS: readonly string[] = ["bash", "zsh", "fish", "powershell"];

/** Prints the script that a shell reads when it starts; it asks `emofuse complete` at each tabulator key. */
export function printScript(shell: string): void {
  // The library's script cannot be read twice, as .bashrc is.
  if (shell === "bash") console.log(`if ! declare -F __${PROGRAM}_complete > /dev/null; then`);
  script(shell, PROGRAM, PROGRAM);
  // The library's own line never falls back on files.
  if (shell === "bash") console.log(`fi\ncomplete -o default -F __${PROGRAM}_complete ${PROGRAM}`);
}

/**
 * Prints what the last of some words may become, with what it does, in the form that the shell's script reads.
 *
 * @param commands What each command does, by its name.
 * @param command The command that the first word names, if it does.
 * @param words What is typed after the program's name; the last may be empty.
 */
export function printCompletions(
  commands: Readonly<Record<string, string>>,
  command: Command | undefined,
  words: readonly string[],
): void {
  const root = new RootCommand();
  for (const [name, does] of Object.entries(commands)) root.command(name, does);
  if (command) addFlags(root, words[0], command);
  const word = words.at(-1) ?? "";
  Object.defineProperty(root, "directive", {
    // Where nothing of ours fits, a file may; the library says of everything that none does.
    get: () => {
      const fits = root.completions.some(({ value }) => value.startsWith(word));
      return fits || words.length < 2 || word.startsWith("-")
        ? ShellCompDirective.ShellCompDirectiveNoFileComp
        : ShellCompDirective.ShellCompDirectiveDefault;
    },
    set: () => {},
  });
  root.parse([...words]);
}

function addFlags(root: RootCommand, name: string, command: Command): void {
  const shell = root.commands.get(name)!;
  for (const option of command.createHelp().visibleOptions(command)) {
    const long = option.long?.slice(2);
    if (long === undefined) continue;
    const does = asCalled(option.description);
    const choices = option.argChoices ?? [];
    if (option.required || option.optional) {
      shell.option(long, does, (complete) => {
        for (const choice of choices) complete(choice, "");
      });
    } else shell.option(long, does);
  }
  for (const argument of command.registeredArguments) {
    shell.argument(argument.name(), (complete) => {
      for (const choice of argument.argChoices ?? []) complete(choice, "");
    }, argument.variadic);
  }
}
