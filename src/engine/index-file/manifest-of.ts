/** The name of another language's manifest. */
export function manifestOf(language: string): string {
  return `manifest.${language}.json`;
}

/** Whether a file is a manifest: those alone have names that never change. */
export function isManifest(path: string): boolean {
  return /^manifest\b[^/]*\.json$/.test(path);
}
