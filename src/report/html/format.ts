const NO_BREAK = "\u00a0";
/** After a dash a line may otherwise end. */
const JOINED = "\u2060";

/** A share as per cent: 0.8571 is "85.7 %". */
export function percent(share: number): string {
  return `${(100 * share).toFixed(1)}${NO_BREAK}%`;
}

/** An interval of shares: "35.9 – 91.8 %". */
export function interval([low, high]: readonly [number, number]): string {
  return `${(100 * low).toFixed(1)}${NO_BREAK}–${JOINED}${NO_BREAK}${percent(high)}`;
}

/** A difference of shares in points of per cent, with its sign: "+3.2" or "−3.2". */
export function points(difference: number): string {
  const text = (100 * Math.abs(difference)).toFixed(1);
  return text === "0.0" ? "0.0" : `${difference < 0 ? "−" : "+"}${text}`;
}

/** A probability: "p = 0.031" or "p < 0.001". */
export function pValue(p: number): string {
  return p < 0.001
    ? `p${NO_BREAK}<${NO_BREAK}0.001`
    : `p${NO_BREAK}=${NO_BREAK}${p.toFixed(p < 0.1 ? 3 : 2)}`;
}

/** A duration: "8.2 s", "3 min 20 s" or "1 h 5 min". */
export function duration(seconds: number): string {
  const whole = Math.round(seconds);
  if (seconds < 99.95) return `${seconds.toFixed(1)}${NO_BREAK}s`;
  if (whole < 3600) {
    return `${Math.floor(whole / 60)}${NO_BREAK}min ${whole % 60}${NO_BREAK}s`;
  }
  return `${Math.floor(whole / 3600)}${NO_BREAK}h ${Math.round(whole % 3600 / 60)}${NO_BREAK}min`;
}

/** A number with its noun: "1 clip", "3 clips". */
export function count(n: number, noun: string): string {
  return `${n}${NO_BREAK}${noun}${n === 1 ? "" : "s"}`;
}

/** A text that begins a sentence. */
export function capital(text: string): string {
  return text[0].toUpperCase() + text.slice(1);
}

/** A position on an axis, as SVG takes it: 0.5 is "50%". */
export function place(share: number): string {
  return `${Number((100 * Math.min(1, Math.max(0, share))).toFixed(2))}%`;
}
