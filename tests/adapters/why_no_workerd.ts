import { installWorkerd } from "../../adapters/workerd/install_workerd.ts";
import { WorkerdError } from "../../adapters/workerd/workerd_error.ts";

/** Why workerd cannot be used, or an empty text. */
export async function whyNoWorkerd(): Promise<string> {
  try {
    await installWorkerd();
    return "";
  } catch (error) {
    if (error instanceof WorkerdError) return error.message;
    throw error;
  }
}
