/**
 * Lists as one, each item once, no list preferred: in every round each list gives its best item that is still left, in
 * an order drawn anew (team-draft interleaving, Radlinski et al. 2008).
 * @param next random numbers from 0 to 1
 */
export function interleave<T>(lists: readonly (readonly T[])[], next: () => number): T[] {
  const taken = new Set<T>();
  const left = lists.map((list) => [...list]);
  while (left.some((list) => list.length > 0))
    for (const list of shuffled(left, next)) {
      let item = list.shift();
      while (item !== undefined && taken.has(item)) item = list.shift();
      if (item !== undefined) taken.add(item);
    }
  return [...taken];
}

/** The items in an order drawn at random (Fisher & Yates 1938). */
function shuffled<T>(items: readonly T[], next: () => number): T[] {
  const order = [...items];
  for (let at = order.length - 1; at > 0; at--) {
    const other = Math.floor(next() * (at + 1));
    [order[at], order[other]] = [order[other]!, order[at]!];
  }
  return order;
}
