/**
 * `deno task predict`: clips and a bundle to predictions.
 *
 * @module
 */

import { InvalidArgumentError } from "commander";
import { type ClipOutcome, predictClips } from "../src/predict/predict_clips.ts";
import { renderTimeline, type TimelineClip } from "../src/predict/timeline.ts";
import { createDecoder, DECODERS } from "../src/media/create_decoder.ts";
import type { DecoderName } from "../src/media/decoder_name.ts";
import { INPUT_LIMITS } from "../src/recognize/check_input.ts";
import { InputError } from "../src/recognize/input_error.ts";
import { type Progress, startProgress } from "../src/report/progress.ts";
import { faceRemarks } from "../src/recognize/face_remarks.ts";
import { loadRecognizer } from "../src/recognize/load_recognizer.ts";
import type { ModelCard } from "../src/recognize/bundle/model_card.ts";
import { nameSenses } from "../src/recognize/name_senses.ts";
import { fitTable } from "../src/terminal/fit_table.ts";
import { terminalWidth } from "../src/terminal/terminal_width.ts";
import { writeFileAtomically } from "../src/runtime/write_file_atomically.ts";
import { checkWritable } from "./shared/check_writable.ts";
import { enrolFlag, enrolmentFlag, readEnrolment } from "./shared/enrol.ts";
import {
  choice,
  command,
  EXIT_FAILED,
  parsed,
  positive,
  runCommand,
  UsageError,
} from "./command.ts";
import { EXPECTED_ERRORS } from "./expected_errors.ts";
import { minConfidenceFlag } from "./flags/min_confidence_flag.ts";
import { resolvePath } from "./paths.ts";
import { readModel } from "./shared/read_model.ts";

/** Default length of a timeline's windows, in seconds. */
const TIMELINE_WINDOW = 2;

/** Clips that last longer than this, in seconds, show how far they are decoded. */
const LONG = 10;

/** Windows shorter than the shortest that says anything, or longer than a stream takes, are refused. */
function windowLength(text: string): number {
  const [least, most] = INPUT_LIMITS.windowSeconds;
  const value = positive(most)(text);
  if (value < least) {
    throw new InvalidArgumentError(`Allowed: a number of seconds from ${least} to ${most}.`);
  }
  return value;
}

const predict = command("predict", "Recognise emotion in clips with a bundle of deno task train.")
  .argument("<clips...>", "clip files, of any name")
  .requiredOption("--model <file>", "the bundle that deno task train wrote")
  .addOption(parsed("--seconds <s>", "read this much of each clip's start", positive(600)))
  .option("--timeline <file>", "write a page that shows predictions every half second")
  .addOption(
    parsed(
      "--window <s>",
      `length of the timeline's windows (default: ${TIMELINE_WINDOW})`,
      windowLength,
    ),
  )
  .addOption(minConfidenceFlag())
  .addOption(enrolFlag())
  .addOption(enrolmentFlag())
  .addOption(
    choice("--decoder <name>", "ffmpeg.wasm, or the ffmpeg of this machine", DECODERS)
      .default("wasm"),
  )
  .option("--json", "print one JSON document instead of the table")
  .option("--jsonl", "print one line of JSON a clip, as soon as it is known")
  .allowExcessArguments(true);

await runCommand(predict, async (flags, clips) => {
  const { model, seconds, timeline, window, minConfidence, decoder: decoderName, json, jsonl } =
    flags as {
      model: string;
      seconds?: number;
      timeline?: string;
      window?: number;
      minConfidence?: number;
      decoder: DecoderName;
      json?: boolean;
      jsonl?: boolean;
    };
  if (json && jsonl) {
    throw new UsageError("--json does not go with --jsonl; allowed: one of the two");
  }
  if (window !== undefined && timeline === undefined) {
    throw new UsageError(
      `--window ${window} is the length of a timeline's windows; allowed: with --timeline FILE`,
    );
  }
  const page = timeline === undefined ? undefined : resolvePath(timeline);
  if (page !== undefined) await checkWritable(page, { flag: "--timeline", value: timeline! });
  const recognizer = await readModel(model, (bundle) => loadRecognizer(bundle, { minConfidence }));
  const decoder = await createDecoder(decoderName);
  const outcomes: ClipOutcome[] = [];
  const timelines: TimelineClip[] = [];
  const bars = longClipBars();
  try {
    const files = clips.map((file) => ({ file, path: resolvePath(file) }));
    const timelineWindow = page === undefined ? undefined : window ?? TIMELINE_WINDOW;
    const { onProgress } = bars;
    const enrolment = await readEnrolment(flags, recognizer, decoder, seconds);
    const options = { seconds, timelineWindow, enrolment, onProgress };
    for await (const outcome of predictClips(recognizer, decoder, files, options)) {
      bars.stop();
      outcomes.push(outcome);
      if ("reason" in outcome) console.error(`skipped ${outcome.file}: ${outcome.reason}`);
      else if (outcome.timeline) timelines.push(outcome.timeline);
      if (jsonl) console.log(JSON.stringify(asJson(outcome)));
    }
  } finally {
    bars.stop();
    await decoder.close();
    recognizer.dispose();
  }
  if (json) console.log(JSON.stringify(outcomes.map(asJson), null, 2));
  else if (!jsonl) console.log(table(recognizer.card, outcomes));
  if (page !== undefined && timelines.length > 0) {
    await writeFileAtomically(page, renderTimeline(recognizer.card, timelines));
    console.error(`${page} written`);
  }
  if (outcomes.every((outcome) => "reason" in outcome)) Deno.exitCode = EXIT_FAILED;
}, [...EXPECTED_ERRORS, InputError]);

/** How far clips that take long are decoded: a bar each. */
function longClipBars() {
  let bar: Progress | undefined;
  return {
    onProgress: (_file: string, done: number, total: number) => {
      if (total <= LONG) return;
      bar ??= startProgress("decode", "s");
      bar.update(Math.floor(done), Math.ceil(total));
    },
    stop: () => {
      bar?.stop();
      bar = undefined;
    },
  };
}

/** A prediction with the clip's name before it; its flat fields are those of the HTTP service. */
function asJson(outcome: ClipOutcome): Record<string, unknown> {
  if ("reason" in outcome) return { clip: outcome.file, error: outcome.reason };
  const { file, prediction, timeline } = outcome;
  return {
    clip: file,
    ...prediction,
    ...(timeline ? { timeline: timeline.windows } : {}),
  };
}

function table({ labels, name }: ModelCard, outcomes: readonly ClipOutcome[]): string {
  const rows = outcomes.flatMap((outcome) => {
    if ("reason" in outcome) return [];
    const { label, likeliest, probabilities, used, fallback, face, warnings } = outcome.prediction;
    const notes = [
      ...label === likeliest ? [] : [`likeliest: ${likeliest}`],
      ...fallback === undefined ? [] : [fallback],
      ...face ? faceRemarks(face) : [],
      ...warnings,
    ];
    const shares = labels.map((name) => `${(100 * probabilities[name]).toFixed(1)} %`);
    return [[outcome.file, label, ...shares, nameSenses(used), notes.join("; ")]];
  });
  const columns = [
    ...["clip", "label"].map((title) => ({ title })),
    ...labels.map((title) => ({ title, align: "right" as const })),
    ...["by", "notes"].map((title) => ({ title })),
  ];
  const skipped = outcomes.length - rows.length;
  return [
    name,
    ...(rows.length > 0 ? [fitTable({ columns, rows }, terminalWidth())] : []),
    ...(skipped > 0 ? [`${skipped} of ${outcomes.length} clips skipped, named above`] : []),
  ].join("\n");
}
