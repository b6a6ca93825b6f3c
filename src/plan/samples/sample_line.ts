import type { Clip } from "../../corpus/clip.ts";
import { type CorpusFolder, pathIn } from "../../corpus/scan_folders.ts";
import { fileOf } from "../../corpus/span.ts";
import type { Sample } from "../../pipeline/samples/samples.ts";
import { placeFrom, placeIn } from "../plan_places.ts";

/** A clip in a line: what its sample does not say already. */
type ListedClip = Partial<Omit<Clip, "path" | "copies">> & Pick<Clip, "file" | "tracks"> & {
  readonly copies?: readonly ListedClip[];
};

/** What a line says. */
interface SampleLine extends Omit<Sample, "picture" | "sound"> {
  /** All its clips. */
  readonly clips: readonly ListedClip[];
  /** Numbers of those that may give the picture. */
  readonly picture: readonly number[];
  /** Numbers of those that may give the sound. */
  readonly sound: readonly number[];
}

/** What a clip has in common with its sample, most often. */
const SHARED = ["corpus", "label", "speaker", "take", "part"] as const;

/**
 * One sample in one line of JSON, without the folder of its clips.
 *
 * @param dir Absolute path of the plan's folder, from which landmark files are named.
 */
export function sampleLine(sample: Sample, dir: string): string {
  const { picture, sound, landmarks, ...facts } = sample;
  const clips = [...new Set([...picture, ...sound])];
  const line: SampleLine = {
    ...facts,
    ...(landmarks && { landmarks: { ...landmarks, path: placeIn(dir, landmarks.path) } }),
    clips: clips.map((clip) => listedClip(clip, sample)),
    picture: picture.map((clip) => clips.indexOf(clip)),
    sound: sound.map((clip) => clips.indexOf(clip)),
  };
  return JSON.stringify(line);
}

/**
 * The sample of a line.
 *
 * @param dir Absolute path of the plan's folder.
 * @param folders The folders of the clips.
 */
export function sampleOfLine(text: string, dir: string, folders: readonly CorpusFolder[]): Sample {
  const { clips: listed, picture, sound, landmarks, ...facts }: SampleLine = JSON.parse(text);
  const clips = listed.map((clip) => clipOf(clip, facts, folders));
  return {
    ...facts,
    picture: picture.map((i) => clips[i]),
    ...(landmarks && { landmarks: { ...landmarks, path: placeFrom(dir, landmarks.path) } }),
    sound: sound.map((i) => clips[i]),
  };
}

type Facts = Pick<Sample, typeof SHARED[number] | "attributes">;

function listedClip({ path: _, copies, ...clip }: Clip, sample: Facts): ListedClip {
  const { file, name, tracks, span, attributes } = clip;
  const sameAttributes = JSON.stringify(attributes) === JSON.stringify(sample.attributes);
  return {
    file,
    ...(name !== file && { name }),
    tracks,
    ...Object.fromEntries(
      SHARED.flatMap((key) => clip[key] === sample[key] ? [] : [[key, clip[key]]]),
    ),
    ...(sameAttributes ? {} : { attributes }),
    ...(span && { span }),
    ...(copies && { copies: copies.map((copy) => listedClip(copy, sample)) }),
  };
}

function clipOf(
  { copies, ...listed }: ListedClip,
  facts: Facts,
  folders: readonly CorpusFolder[],
): Clip {
  const { corpus, label, speaker, take, part, attributes } = facts;
  const shared = { corpus, label, speaker, take, attributes, ...(part && { part }) };
  return {
    path: pathIn(fileOf(listed), folders),
    name: listed.file,
    ...shared,
    ...listed,
    ...(copies && { copies: copies.map((copy) => clipOf(copy, facts, folders)) }),
  };
}
