import type { ArchiveContents, ZenodoPublication } from "../published.ts";

/**
 * RAVDESS on Zenodo (https://zenodo.org/records/1188976): the sounds of all actors in two archives, the films in
 * one archive for each actor and vocal channel, as its page says.
 */
export const RAVDESS_PUBLICATION: ZenodoPublication = {
  kind: "zenodo",
  record: "1188976",
  holds: contentsOf,
};

function contentsOf(file: string): ArchiveContents {
  const match = /^(Audio|Video)_(Speech|Song)_Actors?_(\d\d)(?:-(\d\d))?\.zip$/.exec(file);
  if (!match) return {};
  const [, medium, channel, first, last = first] = match;
  const count = Number(last) - Number(first) + 1;
  const isSound = medium === "Audio";
  return {
    carries: isSound ? ["audio"] : ["av", "video"],
    values: {
      channel: [channel.toLowerCase()],
      modality: isSound ? ["audio-only"] : ["audio-video", "video-only"],
      speaker: Array.from({ length: count }, (_, i) => String(Number(first) + i)),
    },
  };
}
