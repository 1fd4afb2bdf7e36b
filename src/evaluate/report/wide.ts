import { html, type Markup } from './markup.js';

/** What is too wide for a phone scrolls by itself, with the keyboard too. */
export function wide(content: Markup, name: string): Markup {
  return html`<div class="scroll" tabindex="0" role="group" aria-label="${name}">${content}</div>`;
}
