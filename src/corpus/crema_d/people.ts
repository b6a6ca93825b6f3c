import { readTableNear } from "./read_table.ts";

/** What is known of the actors, by number: none where no table of them is near. */
export async function readActors(
  root: string,
): Promise<ReadonlyMap<string, Readonly<Record<string, string>>>> {
  const rows = await readTableNear(root, "VideoDemographics.csv", [
    ...["ActorID", "Age", "Sex", "Race", "Ethnicity"],
  ]);
  return new Map(
    rows?.map(({ ActorID, Age, Sex, Race, Ethnicity }) => [ActorID, {
      sex: Sex.toLowerCase(),
      age: Age,
      race: Race,
      ethnicity: Ethnicity,
    }]),
  );
}

/** Labels by the letters of votes. */
const LABELS: Readonly<Record<string, string>> = {
  N: "neutral",
  H: "happy",
  S: "sad",
  A: "angry",
  F: "fearful",
  D: "disgust",
};

/**
 * What most raters named for each take: those who heard it, saw it, and did both. A tie names several,
 * with `|` between them. None where no table of votes is near.
 */
export async function readVotes(
  root: string,
): Promise<ReadonlyMap<string, Readonly<Record<string, string>>>> {
  const rows = await readTableNear(root, "summaryTable.csv", [
    ...["FileName", "VoiceVote", "FaceVote", "MultiModalVote"],
  ]);
  return new Map(
    rows?.map(({ FileName, VoiceVote, FaceVote, MultiModalVote }) => [FileName, {
      voiceVote: inWords(VoiceVote),
      faceVote: inWords(FaceVote),
      bothVote: inWords(MultiModalVote),
    }]),
  );
}

function inWords(vote: string): string {
  return vote.split(":").map((letter) => LABELS[letter] ?? letter).join("|");
}
