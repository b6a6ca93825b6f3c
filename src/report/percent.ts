/** A share in per cent, to a tenth: 0.8571 is "85.7". */
export function tenths(share: number): string {
  return (100 * share).toFixed(1);
}

/** The same with its unit, for a terminal: "85.7 %". */
export function percent(share: number): string {
  return `${tenths(share)} %`;
}
