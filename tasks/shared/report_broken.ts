import process from "node:process";
import { type BrokenLink, describeBrokenLink } from "../../documents/site/check_guides.ts";
import { EXIT_FAILED } from "../command.ts";

/** Lists links that lead nowhere, a line each, and has the process end with exit code 1; says whether there are any. */
export function reportBroken(links: readonly BrokenLink[]): boolean {
  if (links.length === 0) return false;
  for (const link of links) console.error(describeBrokenLink(link));
  const what = links.length === 1 ? "1 link leads" : `${links.length} links lead`;
  console.error(`error: ${what} nowhere`);
  process.exitCode = EXIT_FAILED;
  return true;
}
