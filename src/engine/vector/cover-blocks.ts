/** Blocks from `first` up to before `end`. */
export interface BlockRange {
  first: number;
  end: number;
}

export interface CoverLimits {
  ranges: number;
  /** Blocks in all ranges together. */
  blocks: number;
  /** With no more blocks than these between them, two are read together. */
  gap: number;
}

/**
 * Ranges to read for blocks, the most wanted first. One that would need a range or more blocks than the limits allow is
 * left out; those after it may still lie where something is read anyway.
 */
export function coverBlocks(blocks: readonly number[], limits: CoverLimits): BlockRange[] {
  let ranges: BlockRange[] = [];
  for (const block of blocks) {
    const wider = withBlock(ranges, block, limits.gap);
    const size = wider.reduce((sum, { first, end }) => sum + end - first, 0);
    if (wider.length <= limits.ranges && size <= limits.blocks) ranges = wider;
  }
  return ranges;
}

/** The ranges with a block more, in rising order. */
function withBlock(ranges: readonly BlockRange[], block: number, gap: number): BlockRange[] {
  let added = { first: block, end: block + 1 };
  const apart: BlockRange[] = [];
  for (const range of ranges) {
    const near = range.first <= added.end + gap && added.first <= range.end + gap;
    if (near) added = { first: Math.min(range.first, added.first), end: Math.max(range.end, added.end) };
    else apart.push(range);
  }
  return [...apart, added].sort((left, right) => left.first - right.first);
}
