import { DownloadError } from "../runtime/http/download_error.ts";

/**
 * The address that is asked instead of `url`: on a mirror, which keeps what each host has in a folder of the
 * host's name, as `wget -x` puts it down.
 *
 * @param mirror Address of the mirror. Default: none, the host itself is asked.
 *
 * @example
 * ```ts
 * import { addressOf } from "./address.ts";
 * import assert from "node:assert/strict";
 *
 * const url = "https://zenodo.org/api/records/1188976";
 * assert.equal(addressOf(url), url);
 * assert.equal(addressOf(url, "http://nas/zoo/"), "http://nas/zoo/zenodo.org/api/records/1188976");
 * assert.throws(() => addressOf("http://zenodo.org/x"), /must begin with https/);
 * ```
 *
 * @throws {DownloadError} If it is none of the web, or not encrypted where no mirror is asked.
 */
export function addressOf(url: string, mirror?: string): string {
  const parsed = URL.parse(url);
  if (mirror === undefined) {
    if (parsed?.protocol === "https:") return url;
    throw new DownloadError(`${url} is no address to download from: it must begin with https://`);
  }
  if (parsed === null || !/^https?:$/.test(URL.parse(mirror)?.protocol ?? "")) {
    throw new DownloadError(`${mirror} is no address of a mirror: it begins with https://`);
  }
  return `${mirror.replace(/\/+$/, "")}/${parsed.host}${parsed.pathname}${parsed.search}`;
}
