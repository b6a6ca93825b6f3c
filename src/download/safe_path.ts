import { DownloadError } from "../runtime/http/download_error.ts";

/** Names that Windows keeps for devices, whatever their extension. */
const DEVICES = /^(con|prn|aux|nul|com\d|lpt\d)(\..*)?$/i;

/** Characters that no name may have on some system; a colon begins a stream or ends a drive's letter. */
// deno-lint-ignore no-control-regex
const FORBIDDEN = /[\x00-\x1f\x7f<>:"|?*\\]/;

/**
 * A path that somebody else wrote, if it stays within the folder that it is relative to on every system.
 *
 * @param from Where it stands, for the error.
 *
 * @example
 * ```ts
 * import { safePath } from "./safe_path.ts";
 * import assert from "node:assert/strict";
 *
 * assert.equal(safePath("Actor_01/03-01.wav", "a.zip"), "Actor_01/03-01.wav");
 * for (const path of ["../x", "/etc/x", "C:/x", "a\\..\\x", "a//x", "nul.wav"]) {
 *   assert.throws(() => safePath(path, "a.zip"), /a\.zip.*leads out of the folder or has a name/);
 * }
 * ```
 *
 * @throws {DownloadError} If it leads out of the folder, or a part of it is no name everywhere.
 */
export function safePath(path: string, from: string): string {
  const isSafe = path.length <= 1000 && !FORBIDDEN.test(path) &&
    path.split("/").every((part) =>
      // Windows drops a dot or space at the end, and so would give two files one name.
      part !== "" && part.length <= 255 && !/[. ]$/.test(part) && !DEVICES.test(part)
    );
  if (isSafe) return path;
  throw new DownloadError(
    `${from}: the path ${
      JSON.stringify(path)
    } leads out of the folder or has a name that not every ` +
      "system allows; nothing of it was unpacked",
  );
}
