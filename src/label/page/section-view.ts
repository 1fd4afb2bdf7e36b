import { html, nothing, type TemplateResult } from 'lit';
import type { Section } from '../protocol.js';

/** Longer texts are folded, in characters. */
const FOLDED = 360;

/** The page's title and the headings that lead to a section. */
export function trailView({ title, trail, label }: Section): TemplateResult {
  const above = [title, ...trail];
  const own = above.pop() ?? '';
  return html`${above.map(
      (heading) =>
        html`<span class="above"><bdi>${heading}</bdi></span
          ><span class="separator" aria-hidden="true"> › </span><span class="unseen">, </span>`,
    )}<bdi class="own">${own}</bdi
    >${label === undefined ? nothing : html`<span class="tag">${labelTexts[label]}</span>`}`;
}

const labelTexts = { page: 'the whole page', unknown: 'not in the index any more' };

/** Whether there is more to a section than is shown at first. */
export function isLong({ text, whole }: Section): boolean {
  return whole !== undefined || text.length > FOLDED;
}

/** A section's text: the passage that was found, or all of it. No word is highlighted: that would favour the keywords. */
export function textView(section: Section, id: string, open: boolean): TemplateResult | typeof nothing {
  const { text, whole } = section;
  if (text === '') return nothing;
  const folded = isLong(section) && !open;
  return html`<p class="text ${folded ? 'folded' : ''}" id=${id}>
    <bdi>${open ? (whole ?? text) : text}</bdi>
  </p>`;
}

/** Shows all of a section, or less again. */
export function unfoldView(
  section: Section,
  { id, open, onToggle }: { id: string; open: boolean; onToggle: () => void },
): TemplateResult | typeof nothing {
  if (!isLong(section)) return nothing;
  const name = section.trail.at(-1) ?? section.title;
  return html`<button
    class="quiet unfold"
    type="button"
    aria-expanded=${open}
    aria-controls=${id}
    @click=${onToggle}
  >
    ${open ? 'Show less' : 'Show the whole section'}<span class="unseen">: ${name}</span>
  </button>`;
}
