import { html, svg, type TemplateResult } from 'lit';

const icon = (paths: TemplateResult<2>): TemplateResult =>
  html`<svg class="icon" viewBox="0 0 20 20" aria-hidden="true">${paths}</svg>`;

/** A looking-glass with a second glint in it. */
export const searchIcon = icon(
  svg`<circle cx="8.5" cy="8.5" r="5.75" /><path d="m13 13 4.5 4.5M5.75 8.5A2.75 2.75 0 0 1 8.5 5.75" />`,
);

export const closeIcon = icon(svg`<path d="m5 5 10 10M15 5 5 15" />`);

export const filterIcon = icon(svg`<path d="M3.5 5.5h13M6 10h8m-5.5 4.5h3" />`);

export const pinIcon = icon(svg`<path d="M7 3.5h6M8 3.5v5l-2.5 3h9L12 8.5v-5M10 11.5v5" />`);

export const recentIcon = icon(svg`<circle cx="10" cy="10" r="6.5" /><path d="M10 6.5V10l2.5 2" />`);
