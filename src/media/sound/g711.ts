/**
 * Samples of A-law (ITU-T G.711) by their byte, full scale -1 to 1: a sign, three bits of exponent and four
 * of mantissa, every other bit inverted. The smallest values are 8 of 32768: there is no zero.
 */
export const A_LAW: Float32Array = Float32Array.from({ length: 256 }, (_, byte) => {
  const code = byte ^ 0x55;
  const exponent = (code >> 4) & 7, mantissa = code & 15;
  const magnitude = exponent === 0
    ? (mantissa << 4) + 8
    : ((mantissa << 4) + 0x108) << (exponent - 1);
  return (code & 0x80 ? magnitude : -magnitude) / 2 ** 15;
});

/** Samples of mu-law (ITU-T G.711) by their byte, full scale -1 to 1: all bits are stored inverted. */
export const MU_LAW: Float32Array = Float32Array.from({ length: 256 }, (_, byte) => {
  const code = ~byte & 0xff;
  const magnitude = ((((code & 15) << 3) + 0x84) << ((code >> 4) & 7)) - 0x84;
  return (code & 0x80 ? -magnitude : magnitude) / 2 ** 15;
});
