import * as v from 'valibot';

export const count = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(2 ** 31));
export const text = v.pipe(v.string(), v.maxLength(1000));
/** Stays inside the index folder: relative, no scheme, no step upwards. */
const path = v.pipe(
  text,
  v.regex(/^[\w-][\w.-]*(\/[\w-][\w.-]*)*$/, 'expected a path inside the index folder'),
);

/** A file as the manifest names it. */
export const file = v.object({
  path,
  bytes: count,
  /** Lower-case hexadecimal. */
  sha256: v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/)),
});

export type FileEntry = v.InferOutput<typeof file>;
