/** What one marker of a JPEG file begins. */
export interface JpegSegment {
  /** The second byte of its marker; the first is always 0xff. */
  readonly marker: number;
  /** What is in it, as far as it is there. */
  readonly content: Uint8Array;
}

/** Markers that stand alone: TEM, RST0 to RST7, SOI, EOI. */
const isAlone = (marker: number) => marker === 1 || (marker >= 0xd0 && marker <= 0xd9);
const EOI = 0xd9;

/**
 * The segments of a JPEG in their order, up to its end: what a phone appends, such as a film or a second
 * picture, is not looked at. Nothing is decoded.
 */
export function* jpegSegments(bytes: Uint8Array): Generator<JpegSegment, void> {
  for (let at = 2; at + 4 <= bytes.length;) {
    // Entropy-coded data hides 0xff by a 0 after it; anything else is a marker.
    if (bytes[at] !== 0xff || bytes[at + 1] === 0 || bytes[at + 1] === 0xff) {
      at++;
      continue;
    }
    const marker = bytes[at + 1];
    if (marker === EOI) return;
    if (isAlone(marker)) {
      at += 2;
      continue;
    }
    const end = at + 2 + 256 * bytes[at + 2] + bytes[at + 3];
    yield { marker, content: bytes.subarray(at + 4, end) };
    at = end;
  }
}
