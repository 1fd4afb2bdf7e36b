/** What the nearest element with a `lang` says, the element itself first, whatever shadow roots are in between. */
export function languageOf(element: Element): string | undefined {
  const nearest = element.closest<HTMLElement>('[lang]');
  if (nearest) return nearest.lang;
  const root = element.getRootNode();
  return root instanceof ShadowRoot ? languageOf(root.host) : undefined;
}
