/**
 * The page: a clip, a picture, or the camera and microphone in, the emotion along the time out. The
 * recogniser runs in a Web Worker; what is seen and heard does not leave the page.
 *
 * @module
 */

import { loadPart } from "./clip/load_part.ts";
import type { Desk } from "./desk.ts";
import { offerDevices, preview } from "./devices/chosen_devices.ts";
import { find } from "./find.ts";
import type { Live } from "./live.ts";
import { loadModel, type PageModel } from "./load_model.ts";
import { Person } from "./person.ts";
import { offerFaces } from "./faces/face_choice.ts";
import { Stills } from "./faces/stills.ts";
import { Results } from "./results.ts";
import { forgetProblem, sayDoing, sayMissing, sayProblem, sayProgress } from "./say.ts";
import { describeModel, showCard } from "./show_card.ts";

const file = find<HTMLInputElement>("file");
const drop = find("drop");
const start = find<HTMLButtonElement>("start");
const stop = find<HTMLButtonElement>("stop");
const recordButton = find<HTMLButtonElement>("record");
const recordings = find<HTMLInputElement>("recordings");
const forget = find<HTMLButtonElement>("forget");

/** What begins something; only one thing is done at a time. */
const CONTROLS = [file, start, recordButton, recordings, forget, find<HTMLSelectElement>("faces")];

const loadRecorder = () => loadPart("What records", () => import("./record_person.ts"));

const model = await loadModel();
if (model) ready(model);

function ready({ recognizer, minConfidence }: PageModel): void {
  const { card } = recognizer;
  const results = new Results(card, minConfidence);
  const stills = new Stills((face, time) => results.wordsOf(face, time));
  // After the results, whose words it repeats.
  find("least").addEventListener("input", () => stills.refresh());
  const desk: Desk = {
    recognizer,
    results,
    stills,
    person: new Person(recognizer),
  };
  let live: Live | undefined;
  const onLive = (isOn: boolean) => {
    const wasAtStop = document.activeElement === stop;
    start.hidden = isOn;
    stop.hidden = !isOn;
    if (isOn) stop.focus();
    else if (wasAtStop) start.focus();
  };
  let recording: AbortController | undefined;
  let busy = false;
  const setBusy = (isBusy: boolean) => {
    busy = isBusy;
    for (const control of CONTROLS) control.disabled = isBusy;
  };

  find("model").textContent = describeModel(card);
  find("about").hidden = false;
  showCard(find("card"), card);
  offerDevices(card);
  offerFaces(card);
  setBusy(false);
  sayDoing("Nothing has been looked at yet.");

  /** Runs one thing at a time, and shows what goes wrong. */
  const once = async (work: () => void | Promise<void>) => {
    if (busy) return;
    const from = document.activeElement;
    setBusy(true);
    forgetProblem();
    sayMissing("");
    try {
      if (live?.isOn) await live.stop();
      results.clear();
      stills.clear();
      await work();
    } catch (error) {
      // What came before an error would look like the result of what failed.
      results.clear();
      stills.clear();
      sayProblem(error);
    } finally {
      if (!live?.isOn) preview.hidden = true;
      sayProgress(undefined);
      setBusy(false);
      // A control that is disabled loses the focus.
      if (document.activeElement === document.body && from instanceof HTMLElement) from.focus();
    }
  };

  const take = (files: FileList | null | undefined) => {
    const [first] = files ?? [];
    if (!first) return;
    once(async () => {
      const { recogniseFile } = await loadPart(
        "What reads clips",
        () => import("./recognise_file.ts"),
      );
      await recogniseFile(desk, first);
    });
  };
  file.addEventListener("change", () => take(file.files));
  start.addEventListener("click", () =>
    once(async () => {
      const { Live } = await loadPart("What records", () => import("./live.ts"));
      live ??= new Live(desk, onLive);
      await live.start();
    }));
  stop.addEventListener("click", () => recording ? recording.abort() : live?.stop());

  recordButton.addEventListener("click", () =>
    once(async () => {
      const { signal } = recording = new AbortController();
      try {
        const { recordPerson } = await loadRecorder();
        await recordPerson(desk, {
          signal,
          onStart: () => {
            stop.hidden = false;
            stop.focus();
          },
        });
      } finally {
        recording = undefined;
        stop.hidden = true;
      }
    }));
  recordings.addEventListener("change", () => {
    const files = [...recordings.files ?? []];
    if (files.length === 0) return;
    once(async () => {
      const { learnFiles } = await loadRecorder();
      await learnFiles(desk, files);
    });
  });
  forget.addEventListener("click", () =>
    once(() => {
      desk.person.forget();
      sayDoing("Forgotten.");
    }));

  // The same file may be chosen again: it may have changed.
  for (const input of [file, recordings]) {
    input.addEventListener("click", () => input.value = "");
  }
  // Beside the drop zone the browser would open the file in place of the page.
  addEventListener("dragover", (event) => {
    event.preventDefault();
    drop.classList.add("over");
  });
  addEventListener("dragleave", () => drop.classList.remove("over"));
  addEventListener("drop", (event) => {
    event.preventDefault();
    drop.classList.remove("over");
    take(event.dataTransfer?.files);
  });
}
