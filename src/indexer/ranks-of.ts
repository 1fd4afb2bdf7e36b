/**
 * The rank of each value among all of them, from 1, equal ones having the same; 0 where there is no value. By size where
 * every value is a number; else as text, whatever case it is in, the same in every locale (dates as ISO 8601 writes them
 * come out right).
 */
export function ranksOf(values: readonly (string | undefined)[]): number[] {
  const distinct = [...new Set(values.filter((value) => value !== undefined))];
  const compare = distinct.every(isNumber) ? byNumber : byText;
  const ranks = new Map<string, number>();
  let last: string | undefined;
  let rank = 0;
  for (const value of distinct.sort(compare)) {
    if (last === undefined || compare(last, value) !== 0) rank++;
    ranks.set(value, rank);
    last = value;
  }
  return values.map((value) => (value === undefined ? 0 : ranks.get(value)!));
}

function isNumber(value: string): boolean {
  return value.trim() !== '' && Number.isFinite(Number(value));
}

function byNumber(left: string, right: string): number {
  return Number(left) - Number(right);
}

function byText(left: string, right: string): number {
  return compared(left.toLowerCase(), right.toLowerCase()) || compared(left, right);
}

function compared(left: string, right: string): number {
  return left < right ? -1 : Number(left > right);
}
