import { fetchBundle } from "../browser/fetch_bundle.ts";
import { WorkerRecognizer } from "../browser/worker_recognizer.ts";
import { find } from "./find.ts";
import { keepOffline } from "./offline/keep_offline.ts";
import { PageError } from "./page_error.ts";
import { sayOffline, sayProblem } from "./say.ts";

/** Loads the model beside the page. Where it cannot be had the page says why. */
export async function loadModel(): Promise<WorkerRecognizer | undefined> {
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
    const bytes = await fetchBundle(url);
    const recognizer = await WorkerRecognizer.load(bytes);
    // Not before it is loaded: a damaged one should not be kept.
    keepOffline(url, bytes).then(sayOffline);
    return recognizer;
  } catch (error) {
    find("model").textContent = "No model is loaded.";
    sayProblem(error);
  }
}
