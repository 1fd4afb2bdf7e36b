/** `404.html`, and what generators make of it: `404/`, and `404.md` of a folder of Markdown. */
const NAMES = /^404(\.(html?|md|markdown)|\/)$/i;

/**
 * Whether hosts show a page in place of those that are missing: that of the site's root, or of the root of the page's own
 * language (`de/404.html`). Elsewhere such a name may be that of a page about the status.
 * @param path the page's file or URL, relative to the site
 * @param language what the page says of itself
 */
export function isErrorPage(path: string, language: string | undefined): boolean {
  const [, folder, name = ''] = /^\/?(?:([^/]+)\/)?(404[^/]*\/?)$/.exec(path) ?? [];
  return NAMES.test(name) && (folder === undefined || isOfLanguage(folder, language ?? ''));
}

/** Either may say more than the other: `pt-br/` of `pt`, `de/` of `de-AT`. */
function isOfLanguage(folder: string, language: string): boolean {
  const [one, other] = [folder, language].map((tag) => `${tag.toLowerCase().replaceAll('_', '-')}-`);
  return language !== '' && (one!.startsWith(other!) || other!.startsWith(one!));
}
