/** What went wrong, in one word that code can branch on. */
export type SearchErrorCode =
  | 'bad-option'
  | 'no-index'
  | 'wrong-format'
  | 'missing-file'
  | 'damaged-file'
  | 'model-failed'
  | 'worker-failed';

/** An error that says what was expected and what to do; the message is meant for people. */
export class SearchError extends Error {
  override readonly name = 'SearchError';

  constructor(
    readonly code: SearchErrorCode,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}

/** The message of anything that was thrown. */
export function messageOf(thrown: unknown): string {
  return thrown instanceof Error ? thrown.message : String(thrown);
}
