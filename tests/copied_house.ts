import { cp, symlink } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const ROOT = fileURLToPath(new URL("../", import.meta.url));

/** All that tasks are made of. */
const PARTS = [
  "deno.json",
  "deno.lock",
  "mod.ts",
  "adapters",
  "build",
  "exports",
  "models",
  "src",
  "tasks",
];

/** What a command gave. */
export interface CommandResult {
  /** Exit code. */
  readonly code: number;
  /** Everything it wrote, to both streams. */
  readonly text: string;
}

/** A copy of Emofuse that a test may change, as somebody who adds to it does. */
export class CopiedHouse implements AsyncDisposable {
  /** Its folder. */
  readonly dir: string;

  private constructor(dir: string) {
    this.dir = dir;
  }

  /** Copies what tasks are made of; the packages are shared. */
  static async make(): Promise<CopiedHouse> {
    const dir = await Deno.makeTempDir({ prefix: "emofuse-copy-" });
    for (const part of PARTS) await cp(join(ROOT, part), join(dir, part), { recursive: true });
    await symlink(join(ROOT, "node_modules"), join(dir, "node_modules"));
    return new CopiedHouse(dir);
  }

  /** Writes a new file. */
  async add(file: string, code: string): Promise<void> {
    const path = join(this.dir, file);
    await Deno.mkdir(dirname(path), { recursive: true });
    await Deno.writeTextFile(path, code, { createNew: true });
  }

  /** Replaces `before`, which must be there once, by `after` in a file. */
  async change(file: string, before: string, after: string): Promise<void> {
    const path = join(this.dir, file);
    const parts = (await Deno.readTextFile(path)).split(before);
    if (parts.length !== 2) throw new Error(`${file} has ${parts.length - 1} times ${before}`);
    await Deno.writeTextFile(path, parts.join(after));
  }

  /** Puts `code` before a file. */
  async prepend(file: string, code: string): Promise<void> {
    const path = join(this.dir, file);
    await Deno.writeTextFile(path, code + await Deno.readTextFile(path));
  }

  /** Runs `deno ARGS` in it. */
  async deno(...args: string[]): Promise<CommandResult> {
    const { code, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
      args,
      cwd: this.dir,
      env: { NO_COLOR: "1" },
    }).output();
    const decode = (bytes: Uint8Array) => new TextDecoder().decode(bytes);
    return { code, text: decode(stdout) + decode(stderr) };
  }

  /** Removes it. */
  async [Symbol.asyncDispose](): Promise<void> {
    await Deno.remove(this.dir, { recursive: true });
  }
}
