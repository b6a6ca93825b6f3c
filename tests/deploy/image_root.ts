import { join } from "node:path";
import { ROOT } from "../tasks/cli.ts";

/** What a container is given beside its image. */
export interface BoxOptions {
  /** Folders of the machine, and where they are inside. Default: none. */
  readonly binds?: Readonly<Record<string, string>>;
  /** Variables beside those of the image. Default: none. */
  readonly env?: Readonly<Record<string, string>>;
  /** Where its number of the process is written, as JSON. Default: nowhere. */
  readonly status?: string;
}

/** What `deploy/Containerfile` says of the image beside its files. */
export interface ImageSettings {
  /** `USER`, as number. */
  readonly user: string;
  /** `WORKDIR`. */
  readonly folder: string;
  /** `ENV`. */
  readonly env: Readonly<Record<string, string>>;
  /** `ENTRYPOINT`. */
  readonly entrypoint: readonly string[];
  /** `CMD`. */
  readonly command: readonly string[];
}

/** Fills a folder with what the image holds, by the step of `deploy/Containerfile`. */
export async function makeRoot(dir: string): Promise<void> {
  const recipe = await Deno.readTextFile(join(ROOT, "deploy/Containerfile"));
  const step = /^RUN (sh deploy\/\S+) \/image$/m.exec(recipe)?.[1];
  if (step === undefined) throw new Error("deploy/Containerfile fills no folder");
  const { success, stderr } = await new Deno.Command("sh", {
    args: ["-c", `PATH="${join(Deno.execPath(), "..")}:$PATH" ${step} "$1"`, "sh", dir],
    cwd: ROOT,
    stdin: "null",
  }).output();
  if (!success) throw new Error(`${step}: ${new TextDecoder().decode(stderr)}`);
}

/** Reads what is said of the image's last stage. */
export async function imageSettings(): Promise<ImageSettings> {
  const recipe = await Deno.readTextFile(join(ROOT, "deploy/Containerfile"));
  const stage = recipe.slice(recipe.indexOf("\nFROM scratch"));
  const said = (word: string) => {
    const found = new RegExp(`^${word} (.+)$`, "m").exec(stage)?.[1];
    if (found === undefined) throw new Error(`deploy/Containerfile has no ${word}`);
    return found;
  };
  return {
    user: said("USER").split(":")[0],
    folder: said("WORKDIR"),
    env: Object.fromEntries(said("ENV").split(" ").map((pair) => pair.split("="))),
    entrypoint: JSON.parse(said("ENTRYPOINT")),
    command: JSON.parse(said("CMD")),
  };
}

/**
 * Starts a program in the image's root as a container does with a read-only root and without capabilities: process 1
 * of its own, nobody's user, nothing to write to but /tmp and what is bound.
 */
export async function inBox(
  root: string,
  args: readonly string[],
  { binds = {}, env = {}, status }: BoxOptions = {},
): Promise<Deno.Command> {
  const settings = await imageSettings();
  const variables = { ...settings.env, ...env };
  const all = [
    ...["bwrap", "--unshare-all", "--share-net", "--die-with-parent", "--as-pid-1"],
    ...["--cap-drop", "ALL", "--uid", settings.user, "--gid", settings.user],
    ...["--ro-bind", root, "/", "--proc", "/proc", "--dev", "/dev", "--tmpfs", "/tmp"],
    ...Object.entries(binds).flatMap(([from, to]) => ["--bind", from, to]),
    ...["--clearenv", ...Object.entries(variables).flatMap((pair) => ["--setenv", ...pair])],
    ...["--chdir", settings.folder],
    ...status === undefined ? [] : ["--json-status-fd", "3"],
    ...args,
  ];
  return new Deno.Command("sh", {
    args: ["-c", status === undefined ? 'exec "$@"' : `exec "$@" 3>'${status}'`, "sh", ...all],
    stdin: "null",
    stdout: "piped",
    stderr: "piped",
  });
}
