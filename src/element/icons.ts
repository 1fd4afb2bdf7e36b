import { html, svg } from 'lit';

/** A looking-glass with a second glint in it. */
export const searchIcon = html`<svg class="icon" viewBox="0 0 20 20" aria-hidden="true">
  ${svg`<circle cx="8.5" cy="8.5" r="5.75" /><path d="m13 13 4.5 4.5M5.75 8.5A2.75 2.75 0 0 1 8.5 5.75" />`}
</svg>`;

export const closeIcon = html`<svg class="icon" viewBox="0 0 20 20" aria-hidden="true">
  ${svg`<path d="m5 5 10 10M15 5 5 15" />`}
</svg>`;
