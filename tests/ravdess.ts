import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../", import.meta.url));

/** The folder of real RAVDESS clips, or undefined where there is none. */
export const ravdessDir = () => dirOf("RAVDESS_DIR", "ravdess");

/** The folder of real CREMA-D clips, or undefined where there is none. */
export const cremaDDir = () => dirOf("CREMA_D_DIR", "crema-d");

/** The folder of real EMO-DB clips, or undefined where there is none. */
export const emoDbDir = () => dirOf("EMO_DB_DIR", "emo-db");

function dirOf(variable: string, name: string): string | undefined {
  const dir = Deno.env.get(variable) ?? `${root}../shared/${name}`;
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
