import type { Corpus } from "./corpus.ts";
import { CREMA_D } from "./crema_d/crema_d.ts";
import { EMO_DB } from "./emo_db/emo_db.ts";
import { RAVDESS } from "./ravdess/ravdess.ts";
import { SAVEE } from "./savee/savee.ts";
import { TESS } from "./tess/tess.ts";

/** Every corpus whose names are known, in the order of help. */
export const CORPORA: readonly Corpus[] = [
  RAVDESS,
  CREMA_D,
  EMO_DB,
  SAVEE,
  TESS,
];
