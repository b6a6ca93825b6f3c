import { fitTable } from "../terminal/fit_table.ts";
import type { Offer } from "./source_options.ts";

/**
 * A size for people, in units of a thousand.
 *
 * @example
 * ```ts
 * import { showBytes } from "./show_offer.ts";
 * import assert from "node:assert/strict";
 *
 * assert.equal(showBytes(532), "532 B");
 * assert.equal(showBytes(215_300_000), "215.3 MB");
 * assert.equal(showBytes(24_800_000_000), "24.8 GB");
 * ```
 */
export function showBytes(bytes: number): string {
  const units = ["B", "kB", "MB", "GB", "TB"];
  let unit = 0;
  while (bytes >= 999.95 && unit < units.length - 1) {
    bytes /= 1000;
    unit++;
  }
  return `${unit === 0 ? bytes : bytes.toFixed(1)} ${units[unit]}`;
}

/** How many bytes an offer is. */
export function bytesOf({ parcels }: Offer): number {
  return parcels.reduce((sum, { bytes }) => sum + bytes, 0);
}

/** A table of what an offer brings, as wide as `width` allows. */
export function showOffer(offer: Offer, width?: number): string {
  return fitTable({
    columns: [
      { title: "what" },
      { title: "files", align: "right", spare: true },
      { title: "size", align: "right" },
    ],
    rows: [
      ...offer.parcels.map(({ name, files, bytes }) => [
        name,
        files === undefined ? "all" : String(files),
        showBytes(bytes),
      ]),
      ["together", "", showBytes(bytesOf(offer))],
    ],
  }, width);
}
