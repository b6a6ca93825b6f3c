import { join } from "node:path";
import type { Clip, ClipTracks, SkippedFile } from "../clip.ts";
import type { ReadClips } from "../corpus.ts";
import type { Modality, RavdessName } from "./fields.ts";
import { formatRavdessName, parseRavdessName, performanceId, RavdessNameError } from "./name.ts";

/** What files of each modality hold. RAVDESS gives its video-only files a sound track of silence. */
const TRACKS: Readonly<Record<Modality, ClipTracks>> = {
  "audio-video": { picture: true, sound: "spoken" },
  "video-only": { picture: true, sound: "silent" },
  "audio-only": { picture: false, sound: "spoken" },
};

/** The clips that RAVDESS names tell of, and the files of other names with the field that is wrong. */
export function readRavdessClips(root: string, files: readonly string[]): ReadClips {
  const clips: Clip[] = [];
  const skipped: SkippedFile[] = [];
  for (const file of files) {
    try {
      clips.push({ path: join(root, file), file, ...clipOf(parseRavdessName(file)) });
    } catch (error) {
      if (!(error instanceof RavdessNameError)) throw error;
      skipped.push({ file, reason: error.reason });
    }
  }
  return { clips, skipped };
}

function clipOf(name: RavdessName): Omit<Clip, "path" | "file"> {
  const { modality, channel, emotion, intensity, statement, repetition, actor } = name;
  return {
    name: formatRavdessName(name),
    corpus: "ravdess",
    label: emotion,
    speaker: String(actor),
    take: performanceId(name),
    tracks: TRACKS[modality],
    attributes: {
      modality,
      channel,
      intensity,
      statement: String(statement),
      repetition: String(repetition),
      sex: actor % 2 === 1 ? "male" : "female",
    },
  };
}
