import { createHash } from "node:crypto";
import { mkdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileProblem, isMissing } from "../../runtime/files/file_problem.ts";
import { lacksLinks, linkFile } from "../../runtime/files/link_file.ts";
import { attemptFile, type AttemptRecord, type Patience, readAttempt, SILENCE } from "./attempt.ts";

/** How often a worker that waits looks again, in milliseconds. */
const LOOK = 250;

/** Somebody else's claim. */
interface Claim {
  /** What its file and its holder's sign of life say. */
  readonly sign: string;
  /** Whether its holder has said that it is at an end, and left the claim behind. */
  readonly left: boolean;
}

/** Somebody else's claim, as it was last seen. */
interface Seen {
  /** Its sign; undefined where it was given back. */
  readonly sign: string | undefined;
  /** When that was new, by the clock of this process. */
  readonly since: number;
}

/**
 * What the workers of a plan are at, so that no two do the same at once: a file each, a hard link to the record of the
 * attempt that is at it. A name is given in one step, on NFS's servers too, and to one file alone; where there are no
 * hard links the file is made exclusively (`O_EXCL`). Locks of the system are not used: they hold on one machine, and on
 * network file systems not always.
 *
 * A claim is honoured as long as its holder gives signs of life and has not said that it is at an end: whoever waits
 * watches by its own clock that they go on, so that clocks that differ do no harm. What is claimed is only ever work
 * that may be done twice without harm (entries and results are the same bytes and appear whole): a worker that was taken
 * for dead and was merely slow costs time and nothing else.
 */
export class Claims {
  readonly #plan: string;
  readonly #dir: string;
  readonly #attempt: string;
  readonly #silence: number;

  private constructor(plan: string, attempt: string, silence: number) {
    this.#plan = plan;
    this.#dir = join(plan, "claims");
    this.#attempt = attempt;
    this.#silence = silence;
  }

  /**
   * Prepares to claim work of the plan in a folder.
   *
   * @param attempt Who claims.
   */
  static async open(
    plan: string,
    attempt: string,
    { silence = SILENCE }: Patience = {},
  ): Promise<Claims> {
    const claims = new Claims(plan, attempt, silence);
    await mkdir(claims.#dir, { recursive: true });
    return claims;
  }

  /** Waits until nobody else is at `what`, and keeps it from others until it is disposed. */
  async take(what: string): Promise<AsyncDisposable> {
    const name = createHash("sha256").update(what).digest("hex").slice(0, 32);
    const path = join(this.#dir, name);
    let seen: Seen | undefined;
    while (!await this.#make(path)) {
      const claim = await this.#look(path);
      const now = performance.now();
      if (seen === undefined || seen.sign !== claim?.sign) seen = { sign: claim?.sign, since: now };
      if (claim && (claim.left || now - seen.since > this.#silence)) {
        await this.#takeAway(path, claim.sign);
      }
      // Also where it was just given back: file systems of networks may say so for a while.
      await new Promise((done) => setTimeout(done, LOOK));
    }
    return { [Symbol.asyncDispose]: () => this.#giveBack(path) };
  }

  /** Removes a claim, unless another has taken it over meanwhile. */
  async #giveBack(path: string): Promise<void> {
    const text = await readFile(path, "utf8").catch((error) => {
      if (isMissing(error)) return "";
      throw error;
    });
    if (holderIn(text) === this.#attempt) await rm(path, { force: true });
  }

  /** Makes the file of a claim, whole at once; false where there is one. */
  async #make(path: string): Promise<boolean> {
    try {
      return await linkFile(attemptFile(this.#plan, this.#attempt), path);
    } catch (error) {
      // Somebody may have removed the record; the next sign of life brings it back.
      if (!lacksLinks(error) && !isMissing(error)) throw error;
    }
    return await writeNew(path, JSON.stringify({ id: this.#attempt }));
  }

  /** What a claim and its holder say; undefined where the claim has been given back. Both are opened anew. */
  async #look(path: string): Promise<Claim | undefined> {
    try {
      const holder = holderIn(await readFile(path, "utf8"));
      const record = holder === "" ? undefined : await readAttempt(this.#plan, holder);
      const left = record !== undefined && record.state !== "running";
      return { sign: `${holder} ${record?.beat ?? ""}`, left };
    } catch (error) {
      if (isMissing(error)) return undefined;
      throw error;
    }
  }

  /** Takes a dead worker's claim out of the way; one that another has taken over meanwhile is put back. */
  async #takeAway(path: string, sign: string): Promise<void> {
    const away = `${path}.${crypto.randomUUID()}`;
    try {
      await rename(path, away);
      const text = await readFile(away, "utf8");
      if (!sign.startsWith(`${holderIn(text)} `)) await writeNew(path, text);
    } catch (error) {
      if (!isMissing(error)) throw error;
    } finally {
      await rm(away, { force: true });
    }
  }
}

/** The attempt that a claim names; empty where it names none, as one that is still being written without links. */
function holderIn(text: string): string {
  try {
    return (JSON.parse(text) as Partial<AttemptRecord> | null)?.id ?? "";
  } catch {
    return "";
  }
}

/** Writes a new file; false where there is one. */
async function writeNew(path: string, text: string): Promise<boolean> {
  try {
    await writeFile(path, text, { flag: "wx" });
    return true;
  } catch (error) {
    if (fileProblem(error) === "exists") return false;
    throw error;
  }
}
