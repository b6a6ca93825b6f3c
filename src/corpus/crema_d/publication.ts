import type { GitHubPublication } from "../published.ts";

/**
 * CREMA-D's repository. Its authors point to the mirror for when GitHub lends no more of the clips
 * (https://github.com/CheyneyComputerScience/CREMA-D/issues/15). The MP3s hold less than the WAVs of the same
 * takes and are left out.
 */
export const CREMA_D_PUBLICATION: GitHubPublication = {
  kind: "github",
  repository: "CheyneyComputerScience/CREMA-D",
  branch: "master",
  folders: [
    { path: "AudioWAV", carries: "audio" },
    { path: "VideoFlash", carries: "av" },
  ],
  tables: [
    "README.md",
    "LICENSE.txt",
    "SentenceFilenames.csv",
    "VideoDemographics.csv",
    "processedResults/summaryTable.csv",
    "processedResults/tabulatedVotes.csv",
  ],
  licence: "LICENSE.txt",
  mirrors: ["https://gitlab.com/cs-cooper-lab/crema-d-mirror.git"],
};
