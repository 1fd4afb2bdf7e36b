import { type AnyNode, hasChildren, isText } from 'domhandler';

/** Soft hyphens and word joiners; zero-width spaces inside words of ASCII, since Khmer and others part words by them. */
const HINTS = /[\u00ad\u2060]|(?<=[!-~])\u200b(?=[!-~])/g;

/** A text without the marks that say where a word may be broken, without which it is typed. */
export function withoutBreakHints(text: string): string {
  return text.replace(HINTS, '');
}

/** Takes them out of every text of a page. */
export function dropBreakHints(node: AnyNode): void {
  if (isText(node)) node.data = withoutBreakHints(node.data);
  else if (hasChildren(node)) node.children.forEach(dropBreakHints);
}
