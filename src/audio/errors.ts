/** Samples that no feature can be computed from: none, not numbers, or too many. */
export class AudioInputError extends Error {
  /** Makes an error whose message says what is wrong with the samples. */
  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = "AudioInputError";
  }
}

/** A setting of an audio feature that is impossible, alone or beside the others. */
export class AudioOptionError extends Error {
  /** The name of the option. */
  readonly option: string;

  /** Makes an error whose message names the option, its value and what is allowed. */
  constructor(option: string, value: unknown, allowed: string) {
    super(`${option} is ${String(value)}: it must be ${allowed}`);
    this.name = "AudioOptionError";
    this.option = option;
  }
}

/** The WebAssembly of the DSP core is missing, or is not what this version needs. */
export class DspLoadError extends Error {
  /** Makes an error whose message says which file is meant and how to get it. */
  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = "DspLoadError";
  }
}
