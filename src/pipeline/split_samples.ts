import type { Protocol, Split } from "../evaluate/protocol.ts";
import type { RunConfig } from "./config.ts";
import type { Sample } from "./samples.ts";

/**
 * Splits samples by the protocol.
 *
 * @param takes The take that each sample shows: samples of one take are never on two sides.
 *
 * @throws {ProtocolError} If the protocol cannot split these samples.
 */
export function splitSamples(
  { folds, seed }: RunConfig,
  protocol: Protocol,
  samples: readonly Sample[],
  classes: readonly string[],
  takes: readonly string[] = samples.map(({ performance }) => performance),
): Split[] {
  return protocol.splits(
    samples.map(({ actor, emotion }, i) => ({
      label: classes.indexOf(emotion),
      className: emotion,
      actor,
      performance: takes[i],
    })),
    { folds: folds ?? undefined, seed },
  );
}
