import type { ClipFilterOption } from "../corpus.ts";
import {
  parseActors,
  parseChannels,
  parseEmotions,
  parseIntensities,
  parseModalities,
  parseRepetitions,
  parseStatements,
} from "./parse_values.ts";

/** One filter for each field of a RAVDESS name. */
export const RAVDESS_FILTERS: readonly ClipFilterOption[] = [
  {
    key: "modalities",
    flag: "codes",
    description: "modality codes: audio-video, video-only, audio-only",
    reads: "modality",
    parse: parseModalities,
  },
  {
    key: "channels",
    flag: "channels",
    description: "speech, song",
    reads: "channel",
    parse: parseChannels,
  },
  {
    key: "emotions",
    flag: "emotions",
    description: "emotions, such as calm,angry",
    reads: "label",
    parse: parseEmotions,
  },
  {
    key: "intensities",
    flag: "intensities",
    description: "normal, strong",
    reads: "intensity",
    parse: parseIntensities,
  },
  {
    key: "statements",
    flag: "statements",
    description: "1, 2",
    reads: "statement",
    parse: parseStatements,
  },
  {
    key: "repetitions",
    flag: "repetitions",
    description: "1, 2",
    reads: "repetition",
    parse: parseRepetitions,
  },
  {
    key: "actors",
    flag: "actors",
    description: "actors, such as 1,2 or 1-4",
    reads: "speaker",
    parse: parseActors,
  },
];
