import type { Decoder } from "../media/decoder.ts";
import { createDecoder } from "../media/create_decoder.ts";
import { initBackend } from "../nn/backend.ts";
import type { RunConfig, RunPlaces } from "../pipeline/config.ts";
import { openStore } from "../pipeline/store/open_store.ts";
import { encodeBundle } from "../recognize/bundle/bundle.ts";
import type { ModelCard } from "../recognize/bundle/model_card.ts";
import { loadRecognizer } from "../recognize/load_recognizer.ts";
import { expressionFace } from "../train/expression_face.ts";
import { type Answers, askAbout, type ClipsToMeasure } from "./ask_about.ts";
import { calibrateFace } from "./calibrate_face.ts";
import { checkEarDtype } from "./check_ear_dtype.ts";
import { fitGeometry } from "./fit_geometry.ts";
import { geometryFace } from "./geometry_face.ts";
import { DegradedHearing } from "./hear_degraded.ts";
import { type HeldOut, holdOut } from "./hold_out.ts";
import { makeBundle } from "./make_bundle.ts";
import { measureClips, type MeasuredClips } from "./measure_clips.ts";
import type { ModelKind } from "./model_kind.ts";
import { prepareWithout } from "./prepare_without.ts";
import { speakerKey } from "./speaker_key.ts";
import { untrainedFace } from "./untrained_face.ts";
import { fitVoice, gatherVoices, type Hear } from "./voices.ts";

/** What a model is made of. */
export interface PretrainRequest {
  /** Which model. */
  readonly kind: ModelKind;
  /** How clips are read. */
  readonly config: RunConfig;
  /** Where the clips that it is fitted to, the landmark files, the ear and the store are. */
  readonly places: RunPlaces;
  /** Films of speakers by whom its face, and both together, are calibrated; undefined where they are not. */
  readonly films: ClipsToMeasure | undefined;
  /** Clips that it is asked about at the end. */
  readonly tests: readonly ClipsToMeasure[];
  /** Told how far the work is. */
  readonly onProgress: (stage: string, done: number, total: number) => void;
}

/** A model, and what is known of it. */
export interface Pretrained {
  /** The bundle. The same clips, ear and seed always give the same bytes. */
  readonly bytes: Uint8Array<ArrayBuffer>;
  /** Its card. */
  readonly card: ModelCard;
  /** How well a voice does that was fitted in the same way to a part of the speakers. */
  readonly heldOut: HeldOut;
  /**
   * What the films are called that calibrate its face.
   *
   * @default {none do}
   */
  readonly films?: string;
  /** What the model itself makes of other clips. */
  readonly tests: readonly MeasuredClips[];
}

/**
 * Makes a model: fits its voice to three quarters of the speakers and measures it on the others, fits it to all of
 * them, and asks it about other clips. Nothing is learned of the speakers whose films calibrate it, or who speak in the
 * clips that it is asked about.
 *
 * @throws {WeightsError} If the ear is missing, damaged, or not stored in whole numbers.
 * @throws {CorpusError} If the folder of clips cannot be used.
 * @throws {LandmarksError} If the folder of landmarks cannot be used.
 * @throws {ClassError} If fewer than two classes have enough clips.
 * @throws {StoreError} If the feature store cannot be written to.
 * @throws {FitError} If the model cannot be fitted to the clips.
 */
export async function pretrain(
  { kind, config: asked, places, films, tests, onProgress }: PretrainRequest,
): Promise<Pretrained> {
  await checkEarDtype(places.ear!);
  const config = kind.labelMap ? { ...asked, labelMap: kind.labelMap } : asked;
  const judged = [...films ? [films] : [], ...tests];
  const without = new Set(judged.flatMap(({ samples }) => samples.map(speakerKey)));
  const store = await openStore(places);
  const run = await prepareWithout(config, places, {
    store,
    without,
    onFeatures: (done, total) => onProgress("sounds as they are", done, total),
  });
  await initBackend();
  using hearing = await DegradedHearing.open(run);
  const hear: Hear = (samples, condition, version) =>
    hearing.hear(
      { samples, condition, version },
      (done) => onProgress(`${condition}, version ${version}`, done, samples.length),
    );
  const voices = await gatherVoices(run, hear);
  const heldOut = await holdOut(voices, hear);
  const voice = fitVoice(voices, [...run.samples.keys()]).tempered(heldOut.temperature);
  const geometry = kind.geometry
    ? await fitGeometry({
      config,
      places,
      store,
      without,
      onProgress: (done, total) => onProgress("landmark files", done, total),
    })
    : undefined;
  const face = geometry ? await geometryFace(geometry) : await expressionFace();
  const draft = await makeBundle({ kind, run, voice, heldOut, face, geometry });
  const decoder = judged.length > 0 ? await createDecoder(asked.decoder) : undefined;
  try {
    const progress = ({ name, samples }: ClipsToMeasure) => (done: number) =>
      onProgress(name, done, samples.length);
    const sure = films && await calibrateFace(draft, decoder!, films, progress(films));
    const { withoutSpeaker } = sure ?? {};
    const card: ModelCard = sure
      ? { ...draft.card, calibration: [...draft.card.calibration!, ...sure.entries] }
      : draft.card;
    const bytes = await encodeBundle({ ...draft, card });
    const ask = (model: Uint8Array, clips: readonly ClipsToMeasure[]) =>
      decoder ? askEach(model, clips, { decoder, progress }) : [];
    const answers = await ask(bytes, tests);
    const measured = [
      ...sure && films
        ? [measureClips(sure.answers, { name: films.name, card: draft.card, withoutSpeaker })]
        : [],
      ...answers.map((one, i) => measureClips(one, { name: tests[i].name, card, withoutSpeaker })),
    ];
    if (!geometry) return { bytes, card, heldOut, tests: measured };
    const seen = judged.filter(({ samples }) => samples.some(({ picture }) => picture.length > 0));
    const untrained = await untrainedFace(draft);
    const others = (await ask(untrained.bytes, seen)).map((one, i) =>
      measureClips(one, { name: seen[i].name, card: untrained.card })
    );
    return { bytes, card, heldOut, films: films?.name, tests: beside(measured, others) };
  } finally {
    await decoder?.close();
  }
}

/** The rows of models, and behind them what was measured of the same clips without anything fitted. */
function beside(
  measured: readonly MeasuredClips[],
  untrained: readonly MeasuredClips[],
): MeasuredClips[] {
  return measured.map((clips) => ({
    ...clips,
    rows: [
      ...clips.rows,
      ...untrained.filter(({ name }) => name === clips.name)
        .flatMap(({ rows }) => rows.map((row) => ({ ...row, untrained: true }))),
    ],
  }));
}

/** What a model says of each set of clips. */
async function askEach(
  bytes: Uint8Array,
  clips: readonly ClipsToMeasure[],
  { decoder, progress }: {
    readonly decoder: Decoder;
    readonly progress: (clips: ClipsToMeasure) => (done: number) => void;
  },
): Promise<Answers[]> {
  const answers: Answers[] = [];
  const recognizer = await loadRecognizer(bytes);
  try {
    for (const each of clips) {
      answers.push(await askAbout(recognizer, decoder, each, progress(each)));
    }
  } finally {
    recognizer.dispose();
  }
  return answers;
}
