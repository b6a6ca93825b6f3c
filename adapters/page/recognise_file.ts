import type { ModelCard } from "../../src/recognize/bundle/model_card.ts";
import { cutChunks } from "../../src/recognize/stream/cut_chunks.ts";
import { loadPart } from "./clip/load_part.ts";
import { decodePicture } from "./clip/decode_picture.ts";
import { beginTime, type Desk, HOP } from "./desk.ts";
import { wantsAllFaces } from "./faces/face_choice.ts";
import { PageError } from "./page_error.ts";
import { sayDoing, sayProgress } from "./say.ts";

/** The longest clip, in seconds: its pictures are held in memory. */
const MAX_SECONDS = 300;
/** Pictures a second that are looked at. */
const CLIP_FPS = 10;

/**
 * Recognises a file: a picture, or a clip as a whole and along the time.
 *
 * @throws {PageError} If it cannot be decoded, or the model has no use for it.
 */
export async function recogniseFile(desk: Desk, file: File): Promise<void> {
  await (file.type.startsWith("image/") ? recognisePicture : recogniseClip)(desk, file);
}

/**
 * Decodes what a model uses of a clip.
 *
 * @throws {PageError} If nothing of that can be decoded.
 */
export async function readClip(file: File, { video, audio }: ModelCard) {
  sayDoing(`Reading ${file.name} …`);
  const { decodeClip } = await loadPart("What reads clips", () => import("./clip/decode_clip.ts"));
  return await decodeClip(file, {
    picture: video && { ...video, fps: Math.min(CLIP_FPS, video.fps) },
    sampleRate: audio?.sampleRate,
    maxSeconds: MAX_SECONDS,
    onDoing: sayDoing,
    onProgress: sayProgress,
  });
}

async function recogniseClip(desk: Desk, file: File): Promise<void> {
  const { recognizer, results, stills, person: { enrolment } } = desk;
  const input = await readClip(file, recognizer.card);
  // Not each second of it: a screen reader would read out all of them.
  sayDoing(`Looking at ${file.name}, then along its time …`);
  const wantsAll = wantsAllFaces();
  const parts = wantsAll ? await recognizer.predictFaces(input, { enrolment }) : [];
  const isSeveral = parts.length > 0;
  results.clear(isSeveral);
  results.show(
    ...(isSeveral ? parts : [{ prediction: await recognizer.predict(input, { enrolment }) }]),
  );
  results.reveal();
  await beginTime(desk, isSeveral ? "found" : "largest", input.seconds);
  for (const chunk of cutChunks(input, HOP)) {
    results.add(await recognizer.push(chunk));
    if (chunk.frames) await stills.add(chunk.time, chunk.frames, await recognizer.faces());
    sayProgress((chunk.time + HOP) / input.seconds);
  }
  results.add(await recognizer.end());
  stills.refresh();
  const alone = wantsAll && !isSeveral ? " There are not several faces in it." : "";
  sayDoing(`${file.name}, as a whole and along the time.${alone}`);
}

async function recognisePicture(
  { recognizer, results, person: { enrolment } }: Desk,
  file: File,
): Promise<void> {
  const { video } = recognizer.card;
  if (!video) throw new PageError("This model only listens: it cannot tell from a picture.");
  sayDoing(`Looking at ${file.name} …`);
  const frames = await decodePicture(file, video);
  results.show({ prediction: await recognizer.predict({ frames }, { enrolment }) });
  results.reveal();
  sayDoing(`${file.name}.`);
}
