import type { Clip, ClipPart, SkippedFile } from "../../corpus/clip.ts";
import { type CorpusWords, GENERAL_WORDS } from "../../corpus/words.ts";
import type { Modality, RunModality } from "../../modality.ts";

/** A file of landmarks that somebody else made. */
export type LandmarkFile = Pick<Clip, "path" | "file">;

/** One sample of the experiment: the files that its picture and its sound are taken from. */
export interface Sample {
  /** Name of its corpus, as the registry has it. */
  readonly corpus: string;
  /** Unique name: the file of the clip, or the take for merged twins. */
  readonly id: string;
  /** The take that it shows. */
  readonly take: string;
  /** Who speaks. */
  readonly speaker: string;
  /** The class. */
  readonly label: string;
  /** What else the corpus knows of it and all its files share, such as `sex`. */
  readonly attributes: Readonly<Record<string, string>>;
  /** The side that the list of clips puts it on; left out where it says nothing. */
  readonly part?: ClipPart;
  /** Files that may give the picture, best first; empty where the modality is not used. */
  readonly picture: readonly Clip[];
  /** File of the landmarks that stand for the picture; left out where they come from the picture. */
  readonly landmarks?: LandmarkFile;
  /** Files that may give the sound, best first; empty where the modality is not used. */
  readonly sound: readonly Clip[];
}

/** How clips become samples. */
export interface SampleOptions {
  /** Which modalities a sample must have. */
  readonly modality: RunModality;
  /** Whether the files of one take are one sample. */
  readonly mergeTwins: boolean;
  /**
   * What the corpus calls takes, for the reasons.
   *
   * @default {GENERAL_WORDS}
   */
  readonly words?: CorpusWords;
  /**
   * Files of landmarks by take, where these stand for the picture: then any file of the take will do.
   *
   * @default {the picture is looked at}
   */
  readonly landmarks?: ReadonlyMap<string, LandmarkFile>;
}

/**
 * The clips as samples. Without `mergeTwins` every file is a sample by itself, as in the tutorial: the
 * silent twin of a clip is one more sample. With it every take is one sample: its picture is that of the
 * file with sound or else of the silent one, its sound that of the file with a picture or else of the one
 * without. Samples that lack a modality which the run needs are left out, their files named in `skipped`.
 */
export function makeSamples(
  clips: readonly Clip[],
  { modality, mergeTwins, words = GENERAL_WORDS, landmarks }: SampleOptions,
): { samples: Sample[]; skipped: SkippedFile[] } {
  const samples: Sample[] = [];
  const skipped: SkippedFile[] = [];
  for (const [id, group] of Map.groupBy(clips, mergeTwins ? byTake : byFile)) {
    const [{ take, speaker, label, corpus, part }] = group;
    const file = modality === "audio" ? undefined : landmarks?.get(take);
    const picture = modality === "audio" || landmarks ? [] : pick(group, [hasBoth, isMute]);
    const sound = modality === "video"
      ? []
      // The tutorial reads the digital silence of video-only clips as their sound.
      : pick(group, mergeTwins ? [hasBoth, isSound] : [hasBoth, isSound, isSilent]);
    const lack = modality !== "audio" && landmarks && !file
      ? "no landmarks of its take in the folder of landmarks"
      : modality !== "audio" && !landmarks && picture.length === 0
      ? `${LACKS_PICTURE} ${words.take.one} has the picture`
      : modality !== "video" && sound.length === 0
      ? `${LACKS_SOUND} ${words.take.one} has the sound`
      : undefined;
    if (lack) {
      skipped.push(...group.map(({ file }) => ({ file, reason: lack })));
      continue;
    }
    const attributes = sharedAttributes(group);
    const known = { corpus, id, take, speaker, label, attributes };
    const sample: Sample = { ...known, ...(part && { part }), picture, sound };
    samples.push(file ? { ...sample, landmarks: file } : sample);
  }
  return { samples, skipped };
}

const LACKS_PICTURE = "audio-only file, and no file of the same";
const LACKS_SOUND = "video-only file, and no file of the same";

/** The modality that uses files which were skipped for a reason; undefined where none does. */
export function modalityWithout(reason: string): Modality | undefined {
  return reason.startsWith(LACKS_PICTURE)
    ? "audio"
    : reason.startsWith(LACKS_SOUND)
    ? "video"
    : undefined;
}

/** What all clips of a group say alike: the others are of a file, not of the sample. */
function sharedAttributes([first, ...others]: readonly Clip[]): Clip["attributes"] {
  const shared = Object.entries(first.attributes)
    .filter(([key, value]) => others.every(({ attributes }) => attributes[key] === value));
  return Object.fromEntries(shared);
}

const byTake = ({ take }: Clip) => take;
const byFile = ({ file }: Clip) => file;

const hasBoth = ({ tracks }: Clip) => tracks.picture && tracks.sound === "spoken";
const isMute = ({ tracks }: Clip) => tracks.picture && tracks.sound !== "spoken";
const isSilent = ({ tracks }: Clip) => tracks.sound === "silent";
const isSound = ({ tracks }: Clip) => !tracks.picture && tracks.sound === "spoken";

/** The clips of `group` that are of a listed kind, in the order of the list. */
function pick(group: readonly Clip[], kinds: readonly ((clip: Clip) => boolean)[]): Clip[] {
  return kinds.flatMap((isOfKind) => group.filter(isOfKind));
}
