import { extname } from "node:path";
import type { Clip } from "../clip.ts";
import type { ReadClips } from "../corpus.ts";
import { readNamedClips } from "../read_named_clips.ts";
import { tracksOf } from "../tracks_of.ts";
import { parseCremaDName } from "./name.ts";
import { readActors, readVotes } from "./people.ts";

/**
 * The clips that CREMA-D's names tell of, with what the tables beside them say of actors and votes. Of a
 * sound that is there as MP3 and otherwise, the MP3 is left out: it holds less.
 */
export async function readCremaDClips(
  root: string,
  files: readonly string[],
): Promise<ReadClips> {
  const [actors, votes] = await Promise.all([readActors(root), readVotes(root)]);
  const { clips, skipped } = readNamedClips(root, files, (file) => {
    const name = parseCremaDName(file);
    if (!name) return undefined;
    const { take, actor, sentence, label, level } = name;
    const tracks = tracksOf(file);
    return {
      // A clip with its picture is no copy of the sound alone.
      name: tracks.picture ? `${take}-av` : take,
      corpus: "crema-d",
      label,
      speaker: actor,
      take,
      tracks,
      attributes: {
        language: "en",
        sentence,
        level,
        ...actors.get(actor),
        ...votes.get(take),
      },
    };
  }, "a name of CREMA-D is actor, sentence, emotion and level, such as 1001_DFA_ANG_XX");
  const better = new Map(
    clips.filter(({ file, tracks }) => !tracks.picture && !isMp3(file))
      .map(({ take, file }) => [take, file]),
  );
  const isLossy = ({ file, take }: Clip) => isMp3(file) && better.has(take);
  return {
    clips: clips.filter((clip) => !isLossy(clip)),
    skipped: [
      ...skipped,
      ...clips.filter(isLossy).map(({ file, take }) => ({
        file,
        reason: `an MP3 of the take of ${better.get(take)}, which is used instead`,
      })),
    ],
  };
}

function isMp3(file: string): boolean {
  return extname(file).toLowerCase() === ".mp3";
}
