import { fetchFile } from "../browser/fetch_bundle.ts";
import { WorkerRecognizer } from "../browser/worker_recognizer.ts";
import { MIN_CONFIDENCE_HEADER } from "../../src/serve/min_confidence_header.ts";
import { find } from "./find.ts";
import { keepOffline } from "./offline/keep_offline.ts";
import { PageError } from "./page_error.ts";
import { sayOffline, sayProblem } from "./say.ts";

/** The model of a page. */
export interface PageModel {
  /** The model, in its worker. */
  readonly recognizer: WorkerRecognizer;
  /** How sure a prediction has to be, 0 to 1, until somebody wants it otherwise. */
  readonly minConfidence: number;
}

/** Loads the model beside the page. Where it cannot be had the page says why. */
export async function loadModel(): Promise<PageModel | undefined> {
  try {
    if (!isSecureContext) {
      const { port, pathname } = location;
      throw new PageError(
        "Over plain http browsers lend neither camera nor microphone and let no model be checked: " +
          "open this page over https, or on the computer that serves it, as " +
          `http://localhost${port && `:${port}`}${pathname}.`,
      );
    }
    const url = new URL("./model.emofuse", document.baseURI);
    const response = await fetchFile(url);
    const stated = response.headers.get(MIN_CONFIDENCE_HEADER);
    const bytes = new Uint8Array(await response.arrayBuffer());
    const recognizer = await WorkerRecognizer.load(bytes);
    // Not before it is loaded: a damaged one should not be kept.
    const headers: HeadersInit = stated === null ? {} : { [MIN_CONFIDENCE_HEADER]: stated };
    keepOffline(url, new Response(bytes, { headers })).then(sayOffline);
    const { minConfidence = 0 } = recognizer.card;
    return { recognizer, minConfidence: stated === null ? minConfidence : Number(stated) };
  } catch (error) {
    find("model").textContent = "No model is loaded.";
    sayProblem(error);
  }
}
