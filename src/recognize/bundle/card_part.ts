import type { Modality } from "../../modality.ts";
import type { AudioCard, LandmarkCard, ModelCard, VideoCard } from "./model_card.ts";

/** The parts of a card that stand for a modality. */
export type CardParts = Pick<ModelCard, "audio" | "video" | "landmarks">;

/** A card's part of a modality, if it has one: that of the face goes by pictures or by landmark files. */
export function cardPart(
  { audio, video, landmarks }: CardParts,
  modality: Modality,
): AudioCard | VideoCard | LandmarkCard | undefined {
  return modality === "audio" ? audio : video ?? landmarks;
}
