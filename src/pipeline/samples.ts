import type { Clip } from "../corpus/scan.ts";
import type { SkippedFile } from "../corpus/scan.ts";
import type { RunModality } from "../modality.ts";

/** One sample of the experiment: the files that its picture and its sound are taken from. */
export interface Sample {
  /** Unique name: the file of the clip, or the performance for merged twins. */
  readonly id: string;
  /** The performance (RAVDESS name without the modality field) that it shows. */
  readonly performance: string;
  /** Number of the actor. */
  readonly actor: number;
  /** Name of the emotion: the class. */
  readonly emotion: string;
  /** Files that may give the picture, best first; empty where the modality is not used. */
  readonly picture: readonly Clip[];
  /** File of the landmarks that stand for the picture; left out where they come from the picture. */
  readonly landmarks?: Clip;
  /** Files that may give the sound, best first; empty where the modality is not used. */
  readonly sound: readonly Clip[];
}

/**
 * The clips as samples. Without `mergeTwins` every file is a sample by itself, as in the tutorial:
 * the silent `02-` twin of an `01-` clip is one more sample. With it every performance is one sample:
 * picture from its `01-` or else its `02-` file, sound from its `01-` or else its `03-` file.
 * Samples that lack a modality which the run needs are left out, their files named in `skipped`.
 *
 * @param landmarks Files of landmarks by performance, where these stand for the picture: then any
 * file of the performance will do.
 */
export function makeSamples(
  clips: readonly Clip[],
  modality: RunModality,
  mergeTwins: boolean,
  landmarks?: ReadonlyMap<string, Clip>,
): { samples: Sample[]; skipped: SkippedFile[] } {
  const groups = new Map<string, Clip[]>();
  for (const clip of clips) {
    const id = mergeTwins ? clip.performance : clip.file;
    const group = groups.get(id);
    if (group) group.push(clip);
    else groups.set(id, [clip]);
  }
  const samples: Sample[] = [];
  const skipped: SkippedFile[] = [];
  for (const [id, group] of groups) {
    const { performance, name } = group[0];
    const file = modality === "audio" ? undefined : landmarks?.get(performance);
    const picture = modality === "audio" || landmarks
      ? []
      : pick(group, ["audio-video", "video-only"]);
    const sound = modality === "video" ? [] : pick(
      group,
      mergeTwins ? ["audio-video", "audio-only"] : [
        "audio-video",
        "audio-only",
        // The tutorial reads the digital silence of video-only clips as their sound.
        "video-only",
      ],
    );
    const lack = modality !== "audio" && landmarks && !file
      ? "no landmarks of its take in the folder of landmarks"
      : modality !== "audio" && !landmarks && picture.length === 0
      ? "audio-only file, and no file of the same performance has the picture"
      : modality !== "video" && sound.length === 0
      ? "video-only file, and no file of the same performance has the sound"
      : undefined;
    if (lack) {
      skipped.push(...group.map(({ file }) => ({ file, reason: lack })));
      continue;
    }
    samples.push({
      ...{ id, performance, actor: name.actor, emotion: name.emotion, picture, sound },
      ...(file ? { landmarks: file } : {}),
    });
  }
  return { samples, skipped };
}

/** The clips of `group` whose modality is listed, in the order of the list. */
function pick(group: readonly Clip[], modalities: readonly string[]): Clip[] {
  return modalities.flatMap((wanted) => group.filter(({ name }) => name.modality === wanted));
}
