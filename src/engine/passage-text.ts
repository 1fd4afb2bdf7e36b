import type { Passage } from './index-file/passage-file.js';

/** A passage as the models read it: the page's title and the heading trail in front, so that it stands by itself. */
export function passageText({ page, section, text }: Pick<Passage, 'page' | 'section' | 'text'>): string {
  return `${contextOf(page.title, section.trail)}. ${text}`;
}

/** What stands in front of a passage's own text. */
export function contextOf(title: string, trail: readonly string[]): string {
  return [title, ...trail].join(': ');
}
