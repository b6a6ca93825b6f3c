import type { BackboneInfo } from "../../../models/backbone.ts";
import type { EarInfo } from "../../../models/ear.ts";
import { describeBackbone } from "../../vision/load_backbone.ts";
import { describeEar } from "../../weights/load_ear.ts";
import type { RunConfig, RunPlaces } from "../config.ts";

/** The frozen networks of a run, known before any of them is built. */
export interface RunNetworks {
  /** The face network, where one is used. */
  readonly backbone?: BackboneInfo;
  /** The trained ear, where one is used. */
  readonly ear?: EarInfo;
}

/**
 * What the networks of a run are, and its settings with what they decide: the rate at which the ear hears.
 *
 * @throws {WeightsError} If the weights of one are missing or damaged.
 */
export async function describeNetworks(
  asked: RunConfig,
  { weights, ear: path }: Pick<RunPlaces, "weights" | "ear">,
): Promise<{ config: RunConfig; networks: RunNetworks }> {
  const ear = path === undefined || asked.modality === "video"
    ? undefined
    : await describeEar(path);
  const usesNetwork = asked.modality !== "audio" && asked.landmarks === "network";
  const backbone = usesNetwork ? await describeBackbone(asked.backbone, { weights }) : undefined;
  const { ear: _, ...config } = asked;
  return {
    config: ear ? { ...config, ear: { name: ear.name, sampleRate: ear.sampleRate } } : config,
    networks: { ...(backbone && { backbone }), ...(ear && { ear }) },
  };
}
