import { tmpdir } from "node:os";
import { join } from "node:path";

/** What validates manifests by the schemas of Kubernetes, which it brings along. */
const PACKAGE = "kubernetes-validate==1.37.0";

/** The version of Kubernetes whose schemas are asked: the oldest in which all that the manifests use is there by default. */
const KUBERNETES = "1.30";

let installed: Promise<string | undefined> | undefined;

/** What is missing of it, in words; nothing where it can be called. It is installed once a machine. */
export async function noKubernetesValidate(): Promise<string> {
  const program = await (installed ??= install());
  return program === undefined ? `no ${PACKAGE}: python3 with venv and PyPI are needed` : "";
}

/** What is wrong with a file of manifests; nothing if it is right. Fields that Kubernetes has not are wrong. */
export async function validate(file: string): Promise<string> {
  const program = await (installed ??= install());
  const { success, stdout, stderr } = await new Deno.Command(program!, {
    args: ["--strict", "--quiet", "-k", KUBERNETES, file],
    stdin: "null",
  }).output();
  return success ? "" : new TextDecoder().decode(new Uint8Array([...stdout, ...stderr]));
}

async function install(): Promise<string | undefined> {
  const dir = join(tmpdir(), `emofuse-${PACKAGE.replaceAll(/\W+/g, "-")}`);
  const done = join(dir, "installed");
  const program = join(dir, "bin", "kubernetes-validate");
  if (await Deno.stat(done).then(() => true, () => false)) return program;
  const isInstalled = await succeeds("python3", "-m", "venv", "--clear", dir) &&
    await succeeds(join(dir, "bin/python"), "-m", "pip", "install", "-q", "--no-compile", PACKAGE);
  if (!isInstalled) return undefined;
  await Deno.writeTextFile(done, "");
  return program;
}

async function succeeds(program: string, ...args: string[]): Promise<boolean> {
  try {
    const { success } = await new Deno.Command(program, {
      args,
      stdin: "null",
      stdout: "null",
      stderr: "null",
      signal: AbortSignal.timeout(300_000),
    }).output();
    return success;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return false;
    throw error;
  }
}
