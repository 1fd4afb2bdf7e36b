import { html, type TemplateResult } from 'lit';
import type { Section } from '../protocol.js';
import { textView, trailView, unfoldView } from './section-view.js';

/** A section of the site, for which a query is asked. */
export function suggestionView(
  section: Section,
  view: { open: boolean; onUnfold: () => void; onAnother: () => void; onFreely: () => void },
): TemplateResult {
  const id = 'suggested-text';
  return html`<section class="suggestion" aria-labelledby="suggestion-title">
    <h2 id="suggestion-title">What would someone type to find this?</h2>
    <div class="card">
      <p class="trail">${trailView(section)}</p>
      ${textView(section, id, view.open)}
      ${unfoldView(section, { id, open: view.open, onToggle: view.onUnfold })}
    </div>
    <p class="choices">
      <button class="quiet" type="button" @click=${view.onAnother}>Another section</button>
      <button class="quiet" type="button" @click=${view.onFreely}>Write a query of my own</button>
    </p>
  </section>`;
}
