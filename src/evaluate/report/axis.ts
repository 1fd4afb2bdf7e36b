/** Maps values to positions along an axis. */
export type Scale = (value: number) => number;

export function scale([from, to]: readonly [number, number], [start, end]: readonly [number, number]): Scale {
  const range = to - from || 1;
  return (value) => start + ((value - from) / range) * (end - start);
}

/** About `count` round values that span a range: steps of 1, 2 or 5 times a power of ten. */
export function ticks([low, high]: readonly [number, number], count: number): number[] {
  const rough = (high - low || 1) / count;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 5, 10].map((factor) => factor * power).find((candidate) => candidate >= rough)!;
  const first = Math.ceil(low / step - 1e-9);
  const last = Math.floor(high / step + 1e-9);
  // Whole steps times the step, so that .1 + .2 does not come out.
  return Array.from(
    { length: Math.max(0, last - first + 1) },
    (_, at) => +((first + at) * step).toPrecision(12),
  );
}
