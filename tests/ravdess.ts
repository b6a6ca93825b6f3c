import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../", import.meta.url));

/** The folder of real RAVDESS clips, or undefined where there is none. */
export function ravdessDir(): string | undefined {
  const dir = Deno.env.get("RAVDESS_DIR") ?? `${root}../shared/ravdess`;
  try {
    return Deno.statSync(dir).isDirectory ? Deno.realPathSync(dir) : undefined;
  } catch {
    return undefined;
  }
}

/**
 * Declares a test that needs real RAVDESS clips. Where they are absent the test is skipped and its
 * name says why.
 */
export function ravdessTest(name: string, fn: (dir: string) => void | Promise<void>): void {
  const dir = ravdessDir();
  Deno.test({
    name: dir ? name : `${name} (skipped: no RAVDESS clips; set RAVDESS_DIR)`,
    ignore: dir === undefined,
    fn: () => fn(dir!),
  });
}
