import { css } from 'lit';

/** The button, the dialog, the inline field, and how what is in them is laid out. */
export const boxStyles = css`
  :host {
    display: inline-block;
  }

  :host([inline]) {
    display: block;
  }

  :host([theme='light']) {
    color-scheme: light;
  }

  :host([theme='dark']) {
    color-scheme: dark;
  }

  :host([hidden]) {
    display: none;
  }

  /* The button */

  .open {
    display: flex;
    align-items: center;
    gap: 0.6em;
    inline-size: 100%;
    min-inline-size: 2.5rem;
    min-block-size: var(--sl-button-height);
    padding: 0.3rem 0.7rem;
    border: 1px solid var(--sl-border);
    border-radius: var(--sl-control-radius);
    background: var(--sl-faint);
    color: var(--sl-muted);
    cursor: pointer;
    transition:
      border-color 120ms,
      color 120ms;
  }

  .open:hover {
    border-color: color-mix(in srgb, var(--sl-accent) 50%, var(--sl-border));
    color: var(--sl-text);
  }

  .label {
    flex: 1;
    text-align: start;
  }

  /* The dialog and the popover */

  dialog,
  .popover {
    padding: 0;
    border: 1px solid var(--sl-border);
    border-radius: var(--sl-radius);
    background: var(--sl-background);
    color: var(--sl-text);
    font-size: var(--sl-font-size);
    line-height: var(--sl-line-height);
    white-space: normal;
    box-shadow: var(--sl-shadow);
    overflow: hidden;
    overscroll-behavior: contain;
  }

  dialog {
    inline-size: min(var(--sl-width), 100vw - 2rem);
    max-inline-size: none;
    max-block-size: none;
    margin: var(--sl-top) auto auto;
  }

  /* No blur: drawn without a GPU, it takes a third of the time in which the second look reads. */
  dialog::backdrop {
    background: var(--sl-backdrop);
  }

  .panel {
    display: flex;
    flex-direction: column;
    max-block-size: var(--sl-height);
  }

  .popover {
    position: fixed;
    inset: auto;
    inline-size: min(var(--sl-width), 100vw - 0.75rem);
    margin: 0;
  }

  .popover:not(:popover-open) {
    display: none;
  }

  .head {
    display: flex;
    align-items: center;
    border-block-end: 1px solid var(--sl-border);
  }

  .head:focus-within {
    border-block-end-color: var(--sl-accent);
    box-shadow: 0 1px 0 var(--sl-accent);
  }

  .head second-look-input {
    flex: 1;
    min-inline-size: 0;
    padding-block: 0.4rem;
  }

  /* In the dialog, the line under the field shows where the focus is. */
  .head second-look-input .field {
    border: 0;
    background: none;
    box-shadow: none;
  }

  .close {
    position: relative;
    display: grid;
    place-items: center;
    inline-size: 2.5rem;
    block-size: 2.5rem;
    margin-inline-end: 0.5rem;
    padding: 0;
    border: 0;
    border-radius: 8px;
    background: none;
    color: var(--sl-muted);
    cursor: pointer;
  }

  .close::before {
    position: absolute;
    inset-block: 0.6rem;
    inset-inline-start: -0.25rem;
    border-inline-start: 1px solid var(--sl-border);
    content: '';
  }

  .close:hover {
    background: var(--sl-faint);
    color: var(--sl-text);
  }

  /* Filters, results, status */

  second-look-filters:not(:empty) {
    padding: 0.5rem 1.1rem 0;
  }

  .panel .body,
  .panel second-look-results {
    display: flex;
    flex: 1;
    flex-direction: column;
    min-block-size: 0;
  }

  .panel .list {
    flex: 1;
    min-block-size: 0;
    padding: 0.4rem 0.5rem 0.75rem;
    overflow-y: auto;
    overscroll-behavior: contain;
    scroll-padding-block: 2.5rem 0.75rem;
  }

  .panel second-look-results:not(:has(> :not([hidden]))) {
    display: none;
  }

  .invitation {
    margin: 0;
    padding: 2.25rem 1.5rem;
    text-align: center;
    text-wrap: balance;
  }

  .footer {
    display: flex;
    flex: none;
    align-items: center;
    justify-content: space-between;
    gap: 1rem;
    min-block-size: 2.5rem;
    padding: 0.35rem 1.1rem;
    border-block-start: 1px solid var(--sl-border);
    background: var(--sl-faint);
    color: var(--sl-muted);
  }

  .keys {
    display: flex;
    flex: none;
    gap: 1rem;
    font-size: 0.8125em;
  }

  /* What asks for an answer has the line to itself. */
  .footer:has(.status button) .keys {
    display: none;
  }

  .keys kbd + kbd {
    margin-inline-start: 0.2em;
  }

  /* A search page */

  .in-page {
    display: flex;
    flex-direction: column;
    gap: 0.75rem;
  }

  .in-page second-look-filters:not(:empty) {
    padding: 0;
  }

  .in-page .footer {
    order: -1;
    min-block-size: 2rem;
    padding: 0;
    border: 0;
    background: none;
  }

  .in-page second-look-input {
    order: -2;
  }

  .in-page second-look-filters {
    order: -1;
  }

  @media (max-width: 640px) {
    .open kbd,
    .keys {
      display: none;
    }

    /* The button's name is still read. */
    .label {
      position: absolute;
      inline-size: 1px;
      block-size: 1px;
      overflow: hidden;
      clip-path: inset(50%);
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

    dialog .panel {
      block-size: 100%;
      max-block-size: none;
    }

    dialog .footer {
      margin-block-start: auto;
    }
  }
`;
