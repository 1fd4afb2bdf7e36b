import type { Passage } from './index-file/passage-file.js';

/**
 * A passage as a model reads it: the page's title and the heading trail in front, so that it stands by itself.
 * @param joint what the model is used to seeing between headings
 */
export function passageText({ page, section, text }: Omit<Passage, 'id'>, joint: string): string {
  const context = contextOf(page.title, section.trail, joint);
  return context === '' ? text : `${context}. ${text}`;
}

/** What stands in front of a passage's own text. */
export function contextOf(title: string, trail: readonly string[], joint: string): string {
  return [title, ...trail].join(joint);
}
