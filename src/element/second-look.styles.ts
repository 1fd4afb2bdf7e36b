import { css } from 'lit';

/** The button, the dialog, and all in it but the results. */
export const boxStyles = css`
  :host {
    --accent: var(--second-look-accent, light-dark(#0b62d6, #7db4ff));
    --background: var(--second-look-background, light-dark(#ffffff, #16191e));
    --text: var(--second-look-text, light-dark(#1b1f24, #e8ebf0));
    --muted: var(--second-look-muted, light-dark(#596270, #9ba5b3));
    --border: var(--second-look-border, light-dark(#d8dde4, #343a44));
    --tint: color-mix(in srgb, var(--accent) 10%, var(--background));
    --faint: color-mix(in srgb, var(--text) 4%, var(--background));
    --radius: var(--second-look-radius, 14px);

    display: inline-block;
    font-family: var(--second-look-font, inherit);
  }

  :host([hidden]) {
    display: none;
  }

  *,
  ::before,
  ::after {
    box-sizing: border-box;
  }

  button,
  input {
    font: inherit;
    color: inherit;
  }

  .icon {
    flex: none;
    inline-size: 1.125em;
    block-size: 1.125em;
    fill: none;
    stroke: currentColor;
    stroke-width: 1.75;
    stroke-linecap: round;
  }

  kbd {
    display: inline-block;
    padding: 0.1em 0.4em;
    border: 1px solid var(--border);
    border-radius: 5px;
    background: var(--background);
    color: var(--muted);
    font:
      500 0.75em/1.4 ui-sans-serif,
      system-ui,
      sans-serif;
    white-space: nowrap;
  }

  /* The button */

  .open {
    display: flex;
    align-items: center;
    gap: 0.6em;
    inline-size: 100%;
    min-inline-size: 2.5rem;
    min-block-size: 2.5rem;
    padding: 0.3rem 0.7rem;
    border: 1px solid var(--border);
    border-radius: 10px;
    background: var(--faint);
    color: var(--muted);
    cursor: pointer;
    transition:
      border-color 120ms,
      color 120ms;
  }

  .open:hover {
    border-color: color-mix(in srgb, var(--accent) 50%, var(--border));
    color: var(--text);
  }

  .label {
    flex: 1;
    text-align: start;
  }

  :focus-visible {
    outline: 2px solid var(--accent);
    outline-offset: 2px;
  }

  /* The dialog */

  dialog {
    inline-size: min(var(--second-look-width, 42rem), 100vw - 2rem);
    max-inline-size: none;
    max-block-size: none;
    margin: min(12vh, 7rem) auto auto;
    padding: 0;
    border: 1px solid var(--border);
    border-radius: var(--radius);
    background: var(--background);
    color: var(--text);
    line-height: 1.5;
    box-shadow:
      0 2px 6px rgb(0 0 0 / 0.06),
      0 20px 60px rgb(0 0 0 / 0.22);
    overflow: hidden;
    overscroll-behavior: contain;
  }

  dialog::backdrop {
    background: rgb(20 24 31 / 0.42);
    backdrop-filter: blur(3px);
  }

  .panel {
    display: flex;
    flex-direction: column;
    max-block-size: min(76vh, 44rem);
  }

  .field {
    display: flex;
    align-items: center;
    gap: 0.75rem;
    padding: 0.4rem 0.5rem 0.4rem 1.1rem;
    padding-inline: 1.1rem 0.5rem;
    border-block-end: 1px solid var(--border);
    color: var(--muted);
  }

  input {
    flex: 1;
    min-inline-size: 0;
    block-size: 3rem;
    border: 0;
    background: none;
    color: var(--text);
    /* Below 16 px, iOS zooms in. */
    font-size: max(16px, 1.0625rem);
    appearance: none;
  }

  /* The field's own line shows where the focus is. */
  input:focus-visible {
    outline: none;
  }

  input::placeholder {
    color: var(--muted);
    opacity: 1;
  }

  input::-webkit-search-cancel-button {
    display: none;
  }

  .field:focus-within {
    border-block-end-color: var(--accent);
    box-shadow: 0 1px 0 var(--accent);
  }

  .close {
    display: grid;
    place-items: center;
    inline-size: 2.5rem;
    block-size: 2.5rem;
    border: 0;
    border-radius: 8px;
    background: none;
    color: var(--muted);
    cursor: pointer;
  }

  .close:hover {
    background: var(--faint);
    color: var(--text);
  }

  /* Messages and the footer */

  .message {
    padding: 2.25rem 1.5rem;
    color: var(--muted);
    text-align: center;
    text-wrap: balance;
    overflow-wrap: anywhere;
  }

  .message p {
    margin: 0 0 0.25rem;
  }

  .message p:first-child {
    color: var(--text);
  }

  .footer {
    display: flex;
    align-items: center;
    justify-content: space-between;
    gap: 1rem;
    min-block-size: 2.5rem;
    padding: 0.35rem 1.1rem;
    border-block-start: 1px solid var(--border);
    background: var(--faint);
    color: var(--muted);
    font-size: 0.8125rem;
  }

  .status {
    display: flex;
    align-items: center;
    gap: 0.6rem;
    min-inline-size: 0;
    font-variant-numeric: tabular-nums;
  }

  progress {
    flex: none;
    inline-size: 4rem;
    block-size: 4px;
    border: 0;
    border-radius: 2px;
    background: var(--border);
    overflow: hidden;
    appearance: none;
  }

  progress::-webkit-progress-bar {
    background: var(--border);
  }

  progress::-webkit-progress-value {
    background: var(--accent);
    transition: inline-size 150ms;
  }

  progress::-moz-progress-bar {
    background: var(--accent);
  }

  .keys {
    display: flex;
    flex: none;
    gap: 1rem;
  }

  .keys kbd + kbd {
    margin-inline-start: 0.2em;
  }

  .unseen {
    position: absolute;
    inline-size: 1px;
    block-size: 1px;
    overflow: hidden;
    clip-path: inset(50%);
    white-space: nowrap;
  }

  @media (prefers-reduced-motion: reduce) {
    *,
    ::before,
    ::after {
      animation: none !important;
      transition: none !important;
    }
  }

  @media (max-width: 640px) {
    .label,
    .open kbd,
    .keys {
      display: none;
    }

    .open {
      justify-content: center;
      padding: 0.3rem;
    }

    dialog {
      inline-size: 100vw;
      block-size: 100dvh;
      margin: 0;
      padding-block: env(safe-area-inset-top) env(safe-area-inset-bottom);
      border: 0;
      border-radius: 0;
    }

    .panel {
      block-size: 100%;
      max-block-size: none;
    }

    .footer {
      margin-block-start: auto;
    }
  }
`;
