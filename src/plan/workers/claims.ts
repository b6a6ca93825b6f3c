import { createHash } from "node:crypto";
import { mkdir, readFile, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import { isGone, isMissing } from "../../runtime/files/file_problem.ts";
import { lacksLinks, linkFile } from "../../runtime/files/link_file.ts";
import { writeNewFile } from "../../runtime/files/write_new_file.ts";
import { attemptFile, type AttemptRecord, type Patience, readAttempt, SILENCE } from "./attempt.ts";

/** How often a worker that waits looks again, in milliseconds. */
const LOOK = 250;

/** Waits until it is time to look again. */
const pause = () => new Promise((done) => setTimeout(done, LOOK));

/** A claim, as it is now. */
interface Claim {
  /** Name of the attempt that holds it. */
  readonly holder: string;
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
  readonly #held = new Set<string>();

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
    while (this.#held.has(path)) await pause();
    this.#held.add(path);
    try {
      await this.#claim(path);
    } catch (error) {
      this.#held.delete(path);
      throw error;
    }
    return {
      [Symbol.asyncDispose]: async () => {
        await this.#giveBack(path);
        this.#held.delete(path);
      },
    };
  }

  async #claim(path: string): Promise<void> {
    let seen: Seen | undefined;
    while (!await this.#make(path)) {
      const claim = await this.#look(path);
      // The server made it, and its answer was lost: here only one at a time asks for it.
      if (claim?.holder === this.#attempt) return;
      const now = performance.now();
      if (seen === undefined || seen.sign !== claim?.sign) seen = { sign: claim?.sign, since: now };
      if (claim && (claim.left || now - seen.since > this.#silence)) {
        await this.#takeAway(path, claim.sign);
      }
      // Also where it was just given back: file systems of networks may say so for a while.
      await pause();
    }
  }

  /** Removes a claim, unless another has taken it over meanwhile. */
  async #giveBack(path: string): Promise<void> {
    if ((await this.#look(path))?.holder === this.#attempt) await rm(path, { force: true });
  }

  /** Makes the file of a claim, whole at once; false where there is one. */
  async #make(path: string): Promise<boolean> {
    try {
      return await linkFile(attemptFile(this.#plan, this.#attempt), path);
    } catch (error) {
      // Somebody may have removed the record; the next sign of life brings it back.
      if (!lacksLinks(error) && !isGone(error)) throw error;
    }
    return await writeNewFile(path, JSON.stringify({ id: this.#attempt }));
  }

  /** A claim and its holder; undefined where it has been given back. Both are opened anew. */
  async #look(path: string): Promise<Claim | undefined> {
    const text = await readClaim(path);
    if (text === undefined) return undefined;
    const holder = holderIn(text);
    const record = holder === "" ? undefined : await readAttempt(this.#plan, holder);
    const left = record !== undefined && record.state !== "running";
    return { holder, sign: `${holder} ${record?.beat ?? ""}`, left };
  }

  /** Takes a dead worker's claim out of the way; one that another has taken over meanwhile is put back. */
  async #takeAway(path: string, sign: string): Promise<void> {
    const away = `${path}.${crypto.randomUUID()}`;
    try {
      await rename(path, away);
      const text = await readFile(away, "utf8");
      if (!sign.startsWith(`${holderIn(text)} `)) await writeNewFile(path, text);
    } catch (error) {
      if (!isGone(error)) throw error;
    } finally {
      await rm(away, { force: true });
    }
  }
}

/** How often a claim is opened again of which NFS knew another file. */
const OPENINGS = 20;

/** The text of a claim; undefined where it has been given back. */
async function readClaim(path: string): Promise<string | undefined> {
  for (let i = 1;; i++) {
    try {
      return await readFile(path, "utf8");
    } catch (error) {
      if (isMissing(error)) return undefined;
      if (!isGone(error) || i === OPENINGS) throw error;
      await pause();
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
