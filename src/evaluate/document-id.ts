/** What labels call the section that a passage belongs to: its page's URL, and its anchor where it has one. */
export function documentId({
  page,
  section,
}: {
  page: { url: string };
  section: { anchor: string };
}): string {
  return section.anchor === '' ? page.url : `${page.url}#${section.anchor}`;
}
