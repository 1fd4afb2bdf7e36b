/** What a box remembers in the visitor's browser, and nowhere else. Where storage is full or refused, nothing. */
export function recall(key: string): unknown {
  try {
    return JSON.parse(localStorage.getItem(`second-look:${key}`) ?? 'null') as unknown;
  } catch {
    return null;
  }
}

/** Keeps a value that JSON can say; `undefined` forgets it. */
export function remember(key: string, value: unknown): void {
  try {
    if (value === undefined) localStorage.removeItem(`second-look:${key}`);
    else localStorage.setItem(`second-look:${key}`, JSON.stringify(value));
  } catch {
    // A box that forgets still searches.
  }
}
