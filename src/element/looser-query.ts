/** A query without its quotes and its `-words`; undefined where it has none, or nothing is left. */
export function looserQuery(query: string): string | undefined {
  const looser = query
    .replace(/["“”„«»「」]/gu, ' ')
    .replace(/(^|\s)-\p{L}{3,}(?=\s|$)/gu, '$1')
    .replace(/\s+/gu, ' ')
    .trim();
  return looser === '' || looser === query.trim() ? undefined : looser;
}
