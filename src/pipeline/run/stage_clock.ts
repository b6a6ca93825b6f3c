/** Measures how long the stages of a run take, one after the other. */
export class StageClock {
  readonly #stages: { stage: string; seconds: number }[] = [];
  readonly #start = performance.now();
  #last = this.#start;

  /** Ends the stage that began with the last one's end. */
  end(stage: string): void {
    const now = performance.now();
    this.#stages.push({ stage, seconds: Number(((now - this.#last) / 1000).toFixed(2)) });
    this.#last = now;
  }

  /** The stages so far, in order. */
  get stages(): readonly { readonly stage: string; readonly seconds: number }[] {
    return this.#stages;
  }

  /** Seconds since the clock was made. */
  get seconds(): number {
    return (performance.now() - this.#start) / 1000;
  }
}
