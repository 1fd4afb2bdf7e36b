import { type AnyNode, hasChildren, isText } from 'domhandler';

/** Soft hyphens and word joiners; zero-width spaces inside words of ASCII, since Khmer and others part words by them. */
const BREAK_HINTS = /[\u00ad\u2060]|(?<=[!-~])\u200b(?=[!-~])/g;

/** A text as people type it: without marks that say where a word may be broken, and in Unicode's composed form (NFC). */
export function asTyped(text: string): string {
  return text.replace(BREAK_HINTS, '').normalize();
}

/** Has every text of a page so. */
export function typeTexts(node: AnyNode): void {
  if (isText(node)) node.data = asTyped(node.data);
  else if (hasChildren(node)) node.children.forEach(typeTexts);
}
