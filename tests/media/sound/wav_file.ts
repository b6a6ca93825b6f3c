/** What {@linkcode wavFile} writes; the defaults are mono, 16 bits, 8000 samples a second. */
export interface WavFields {
  /** The first four bytes. */
  readonly id?: "RIFF" | "RIFX" | "RF64";
  /** Format code. */
  readonly tag?: number;
  readonly channels?: number;
  readonly sampleRate?: number;
  readonly bits?: number;
  /** Bytes of a sample of all channels; by default as many as the bits need. */
  readonly frame?: number;
  /** WAVE_FORMAT_EXTENSIBLE with this channel mask. */
  readonly mask?: number;
  /** Bytes of samples that the header claims; those that are there by default. */
  readonly claimed?: number;
  /** Chunks before the samples, with their names. */
  readonly before?: readonly (readonly [id: string, bytes: readonly number[]])[];
  /** Whether odd chunks are padded to even addresses. */
  readonly padded?: boolean;
}

/** A .wav file around `data`. */
export function wavFile(data: Uint8Array, fields: WavFields = {}): Uint8Array<ArrayBuffer> {
  const { id = "RIFF", tag = 1, channels = 1, sampleRate = 8000, bits = 16, mask } = fields;
  const { frame = Math.ceil(bits / 8) * channels, claimed = data.length, before = [] } = fields;
  const little = id !== "RIFX";
  const out: number[] = [];
  const text = (value: string) => out.push(...new TextEncoder().encode(value));
  const number = (value: number, bytes: number) => {
    const all = Array.from({ length: bytes }, (_, i) => Math.floor(value / 2 ** (8 * i)) & 255);
    out.push(...(little ? all : all.reverse()));
  };
  text(id);
  number(Math.min(0xffffffff, 36 + claimed), 4);
  text("WAVEfmt ");
  number(mask === undefined ? 16 : 40, 4);
  number(mask === undefined ? tag : 0xfffe, 2);
  number(channels, 2);
  number(sampleRate, 4);
  number(sampleRate * frame, 4);
  number(frame, 2);
  number(bits, 2);
  if (mask !== undefined) {
    number(22, 2);
    number(bits, 2);
    number(mask, 4);
    number(tag, 2);
    out.push(0, 0, 0, 0, 0x10, 0, 0x80, 0, 0, 0xaa, 0, 0x38, 0x9b, 0x71);
  }
  for (const [name, bytes] of before) {
    text(name);
    number(bytes.length, 4);
    out.push(...bytes);
    if (bytes.length % 2 === 1 && fields.padded !== false) out.push(0);
  }
  text("data");
  number(claimed, 4);
  const file = new Uint8Array(out.length + data.length);
  file.set(out);
  file.set(data, out.length);
  return file;
}

/** Samples as bytes of integers or floating point, interleaved where there are several channels. */
export function pcmBytes(
  samples: ArrayLike<number>,
  { bits = 16, float = false, little = true }: {
    readonly bits?: 8 | 16 | 24 | 32 | 64;
    readonly float?: boolean;
    readonly little?: boolean;
  } = {},
): Uint8Array<ArrayBuffer> {
  const width = bits / 8;
  const view = new DataView(new ArrayBuffer(samples.length * width));
  Array.from(samples).forEach((value, i) => {
    const at = i * width;
    if (float) {
      if (bits === 32) view.setFloat32(at, value, little);
      else view.setFloat64(at, value, little);
      return;
    }
    const whole = Math.max(
      -(2 ** (bits - 1)),
      Math.min(2 ** (bits - 1) - 1, Math.round(value * 2 ** (bits - 1))),
    );
    if (bits === 8) view.setUint8(at, whole + 128);
    else if (bits === 16) view.setInt16(at, whole, little);
    else if (bits === 32) view.setInt32(at, whole, little);
    else {
      for (let k = 0; k < 3; k++) {
        view.setUint8(at + (little ? k : 2 - k), (whole >> (8 * k)) & 255);
      }
    }
  });
  return new Uint8Array(view.buffer);
}
