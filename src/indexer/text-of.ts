import { type AnyNode, isTag, isText } from 'domhandler';
import { isSkipped } from './is-skipped.js';

/** The text of nodes as it is read in the page, in one line. */
export function textOf(nodes: readonly AnyNode[]): string {
  const text = (node: AnyNode): string =>
    isText(node) ? node.data : isTag(node) && !isSkipped(node) ? node.children.map(text).join('') : '';
  return nodes.map(text).join('').replace(/\s+/g, ' ').trim();
}
