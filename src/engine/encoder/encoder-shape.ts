import * as v from 'valibot';

const size = (most: number) => v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(most));
const sixteens = (most: number) =>
  v.pipe(
    size(most),
    v.check((value) => value % 16 === 0, 'expected a multiple of 16'),
  );

const shape = v.pipe(
  v.object({
    /** Rows of the three tables that a token's vector begins as. */
    vocabulary: size(500_000),
    positions: size(8192),
    types: size(16),
    /** Width of a token's vector, and within a feed-forward layer. */
    width: sixteens(2048),
    inner: sixteens(8192),
    heads: size(64),
    layers: size(48),
    /** What layer normalisation adds to the variance. */
    epsilon: v.pipe(v.number(), v.minValue(0), v.maxValue(0.1)),
    /** How token vectors become one: their mean, or the first token's. */
    pooling: v.picklist(['mean', 'cls']),
    /** Scores that the head gives; 0 where there is none and the pooled vector is the output. */
    labels: v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(64)),
  }),
  v.check(({ width, heads }) => width % (8 * heads) === 0, 'expected heads whose width is a multiple of 8'),
);

/** Sizes of a BERT encoder (Devlin et al. 2019), and what becomes of its last layer. */
export type EncoderShape = v.InferOutput<typeof shape>;

/** Checks a shape. Its message says what is wrong, and of which size. */
export function checkShape(value: unknown): { shape: EncoderShape } | { fault: string } {
  const read = v.safeParse(shape, value);
  if (read.success) {
    // What it does not know may change what the sizes mean.
    const unknown = Object.keys(value as object).find((key) => !(key in read.output));
    return unknown === undefined ? { shape: read.output } : { fault: `${unknown}: expected no such size` };
  }
  const [issue] = read.issues;
  return { fault: `${v.getDotPath(issue) ?? 'its sizes'}: ${issue.message}` };
}
