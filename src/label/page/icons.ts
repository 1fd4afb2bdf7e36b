import { html, svg } from 'lit';

export const logo = html`<svg class="logo" viewBox="0 0 32 32" aria-hidden="true">
  ${svg`<rect x="3.5" y="8.5" width="17" height="20" rx="4.5" opacity=".4" /><rect x="11.5" y="3.5" width="17" height="20" rx="4.5" />`}
</svg>`;

export const deleteIcon = html`<svg class="icon" viewBox="0 0 20 20" aria-hidden="true">
  ${svg`<path d="M4 5.5h12M8 5.5V4h4v1.5M5.5 5.5l.7 10.5h7.6l.7-10.5M8.4 8.5v5M11.6 8.5v5" />`}
</svg>`;
