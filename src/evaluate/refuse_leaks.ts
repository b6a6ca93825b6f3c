import type { FoundLeak } from "./find_leaks.ts";
import { LeakError } from "../split/leak_error.ts";
import type { LeakId } from "../split/leak_id.ts";
import type { Protocol } from "../split/protocol.ts";

/** What no honest protocol may have, unless it discloses it. */
const FORBIDDEN: readonly LeakId[] = [
  "twins",
  "speakers",
  "face-head",
  "feature-networks",
  "fits",
];

/**
 * Refuses a run whose leaks break what its protocol promises. The `tutorial` promises nothing: its
 * leaks are listed with its results. What merely limits a result (one speaker, silence, known speakers
 * where takes are divided) is listed under every protocol.
 *
 * @param hints What may be the reason, to be told with it.
 *
 * @throws {LeakError} If there is such a leak; the message lists each.
 *
 * @example
 * ```ts
 * import { refuseLeaks } from "./refuse_leaks.ts";
 * import { findProtocol } from "../split/protocols/registry.ts";
 * import assert from "node:assert/strict";
 *
 * const twins = { id: "twins", text: "2 of 7 test samples are twins", affects: () => true } as const;
 * refuseLeaks(findProtocol("tutorial"), [twins]);
 * assert.throws(() => refuseLeaks(findProtocol("speaker-independent"), [twins]), /leaks: 2 of 7/);
 * ```
 */
export function refuseLeaks(
  { name, discloses, listsLeaks }: Pick<Protocol, "name" | "discloses" | "listsLeaks">,
  leaks: readonly FoundLeak[],
  hints: readonly string[] = [],
): void {
  if (listsLeaks) return;
  const broken = leaks.filter(({ id }) => FORBIDDEN.includes(id) && !discloses.includes(id));
  if (broken.length > 0) {
    throw new LeakError(`protocol ${name} leaks`, [...broken.map(({ text }) => text), ...hints]);
  }
}
