import { installWorkerd } from "../adapters/workerd/install_workerd.ts";
import { WorkerdError } from "../adapters/workerd/workerd_error.ts";
import { preparePython } from "../documents/notebook/prepare_python.ts";
import { PythonError } from "../documents/python_environment.ts";
import { installedPackage } from "./adapters/npm/installed_package.ts";
import { NpmError } from "./adapters/npm/npm_install.ts";
import { bundlers, linters, runtimes } from "./adapters/npm/tools.ts";
import { MOTO } from "./moto.ts";
import { KUBERNETES_VALIDATE } from "./deploy/kubernetes_validate.ts";
import { cremaDDir, emoDbDir, ravdessDir } from "./ravdess.ts";

/** What a test may need beside Deno and this project, and how it is looked for: what is wrong, or nothing. */
const LOOKS = {
  deno: () => "",
  ffmpeg: () => noProgram("ffmpeg", "-version"),
  ffprobe: () => noProgram("ffprobe", "-version"),
  chromium: () => noProgram("chromium"),
  node: noNode,
  script: noScript,
  workerd: noWorkerd,
  bwrap: noBwrap,
  slurm: noSlurm,
  moto: () => MOTO.missing(),
  "kubernetes-validate": () => KUBERNETES_VALIDATE.missing(),
  onnxruntime: noOnnxruntime,
  jupyter: noJupyter,
  "npm package": () => notFetched(installedPackage),
  "runtimes of npm": () => notFetched(runtimes),
  bundlers: () => notFetched(bundlers),
  "linters of packages": () => notFetched(linters),
  "crema-d": () => cremaDDir() === undefined ? "no CREMA-D clips; set CREMA_D_DIR" : "",
  "emo-db": () => emoDbDir() === undefined ? "no EMO-DB clips; set EMO_DB_DIR" : "",
  ravdess: () => ravdessDir() === undefined ? "no RAVDESS clips; set RAVDESS_DIR" : "",
} satisfies Record<string, () => string | Promise<string>>;

/** Something that a test may need of the machine. */
export type Need = keyof typeof LOOKS;

/** Needs that are no program to be started. */
const NO_PROGRAMS: ReadonlySet<Need> = new Set<Need>([
  ...["ravdess", "crema-d", "emo-db"] as const,
]);

/**
 * Needs that are hundreds of megabytes to be fetched: nothing is where something else is missing, nor where nobody said
 * so by the variable that continuous integration sets.
 */
const FETCHED: ReadonlySet<Need> = new Set<Need>([
  ...["npm package", "runtimes of npm", "bundlers", "linters of packages"] as const,
  ...["jupyter", "moto", "kubernetes-validate"] as const,
]);

/** What is missing of some needs, in words; nothing where all is there. */
export async function missing(...needs: readonly Need[]): Promise<string> {
  const mayRun = Deno.permissions.querySync({ name: "run" }).state === "granted";
  if (!mayRun && needs.some((need) => !NO_PROGRAMS.has(need))) {
    return "deno task test:unit starts no programs";
  }
  if (needs.some((need) => FETCHED.has(need)) && !Deno.env.get("CI")) {
    return "set CI=1: what it needs is fetched from npm or PyPI";
  }
  const look = async (need: Need): Promise<string> => await LOOKS[need]();
  const found = await Promise.all(needs.filter((need) => !FETCHED.has(need)).map(look));
  for (const need of needs) {
    if (FETCHED.has(need) && !found.some((text) => text !== "")) found.push(await look(need));
  }
  return found.filter((text) => text !== "").join(", ");
}

/** Declares a test that needs something. Where it is missing the test is skipped, and its name says why. */
export async function testWith(
  needs: readonly Need[],
  name: string,
  fn: (t: Deno.TestContext) => void | Promise<void>,
): Promise<void> {
  const why = await missing(...needs);
  Deno.test({ name: name + (why && ` (skipped: ${why})`), ignore: why !== "", fn });
}

/** What a program prints of itself; undefined where it is not on the path or does not start. */
function ask(program: string, flag = "--version"): string | undefined {
  try {
    // A missing program throws here at once: there is no promise yet that could be rejected.
    const { success, stdout } = new Deno.Command(program, { args: [flag], stdin: "null" })
      .outputSync();
    return success ? new TextDecoder().decode(stdout).trim() : undefined;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return undefined;
    throw error;
  }
}

/** Bubblewrap, and a system that lets it make rooms of its own. */
function noBwrap(): string {
  const none = noProgram("bwrap");
  if (none) return none;
  const tried = ["--unshare-all", "--ro-bind", "/", "/", "--proc", "/proc", "true"];
  const { success } = new Deno.Command("bwrap", { args: tried, stdin: "null" }).outputSync();
  return success ? "" : "bwrap may not make namespaces here";
}

/** Slurm's controller, what it starts on nodes, what users call, and what they all trust each other by. */
function noSlurm(): string {
  return ["munged", "slurmctld", "slurmd", "sbatch"].filter((program) => {
    // Without a cluster none of them says more than that.
    const args = ["-c", 'command -v "$1"', "sh", program];
    return !new Deno.Command("sh", { args, stdin: "null" }).outputSync().success;
  }).map((program) => `no ${program} on PATH`).join(", ");
}

function noProgram(program: string, flag?: string): string {
  return ask(program, flag) === undefined ? `no ${program} on PATH` : "";
}

function noNode(): string {
  // Where there is none, a Deno may answer in its place.
  const version = ask("node")?.match(/^v(\d+)[\d.]*$/);
  if (!version) return "no node on PATH";
  return Number(version[1]) >= 20 ? "" : `Node is ${version[0]}, not 20 or later`;
}

/** `script` gives a program a terminal; that of other systems takes other flags. */
function noScript(): string {
  return ask("script")?.includes("util-linux") ? "" : "no script of util-linux on PATH";
}

/** It takes 330 MB: who wants it there has run a bench that installs it. */
function noOnnxruntime(): string {
  try {
    Deno.statSync(new URL("../bench/onnxruntime/node_modules/onnxruntime-node", import.meta.url));
    return "";
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) {
      return "no onnxruntime; deno task bench whisper installs it";
    }
    throw error;
  }
}

async function notFetched(fetch: () => Promise<unknown>): Promise<string> {
  try {
    await fetch();
    return "";
  } catch (error) {
    if (error instanceof NpmError) return error.message;
    throw error;
  }
}

async function noWorkerd(): Promise<string> {
  try {
    await installWorkerd();
    return "";
  } catch (error) {
    if (error instanceof WorkerdError) return error.message;
    throw error;
  }
}

/** What runs notebooks comes from PyPI, into build/notebook. */
async function noJupyter(): Promise<string> {
  try {
    await preparePython();
    return "";
  } catch (error) {
    if (error instanceof PythonError) return error.message;
    throw error;
  }
}
