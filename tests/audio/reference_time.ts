/**
 * librosa.yin written down plainly in double precision: sums of products instead of transforms. The
 * frames lie whole within `samples`.
 */
export function referenceYin(
  samples: ArrayLike<number>,
  settings: {
    sampleRate: number;
    fMin: number;
    fMax: number;
    frameLength: number;
    hopLength: number;
    troughThreshold: number;
  },
): number[] {
  const { sampleRate, fMin, fMax, frameLength, hopLength, troughThreshold } = settings;
  const low = Math.floor(sampleRate / fMax);
  const high = Math.min(Math.ceil(sampleRate / fMin), frameLength - 1);
  const frequencies: number[] = [];
  for (let start = 0; start + frameLength <= samples.length; start += hopLength) {
    const correlation = (k: number) => {
      let sum = 0;
      for (let t = start; t + k < start + frameLength; t++) sum += samples[t] * samples[t + k];
      return sum;
    };
    const energy = correlation(0);
    const scores: number[] = [];
    let squares = 0, sum = 0;
    for (let k = 1; k <= high; k++) {
      squares += samples[start + k - 1] ** 2;
      const difference = 2 * (energy - correlation(k)) - (k === 1 ? 0 : squares);
      sum += difference;
      if (k >= low) scores.push(sum === 0 ? 0 : difference * k / sum);
    }
    const trough = scores.findIndex((score, i) =>
      score < troughThreshold && (i === 0 ? score < scores[1] : score < scores[i - 1]) &&
      (i === 0 || i === scores.length - 1 || score <= scores[i + 1])
    );
    const least = Math.min(...scores);
    const best = trough >= 0 ? trough : scores.findIndex((score) => score < least + 1e-9);
    let shift = 0;
    if (best > 0 && best < scores.length - 1) {
      const curvature = scores[best + 1] + scores[best - 1] - 2 * scores[best];
      const slope = (scores[best + 1] - scores[best - 1]) / 2;
      if (Math.abs(slope) < Math.abs(curvature)) shift = -slope / curvature;
    }
    frequencies.push(sampleRate / (low + best + shift));
  }
  return frequencies;
}
