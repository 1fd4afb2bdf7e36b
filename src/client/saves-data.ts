/** Whether the visitor asks to save data. `navigator.connection` is Chromium's alone, and missing from the DOM types. */
export function savesData(): boolean {
  const { connection } = (globalThis.navigator ?? {}) as { connection?: { saveData?: boolean } };
  return (
    connection?.saveData === true ||
    (globalThis.matchMedia?.('(prefers-reduced-data: reduce)').matches ?? false)
  );
}
