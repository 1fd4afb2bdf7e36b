import { css } from 'lit';

/** Groups of values to tick. */
export const filtersStyles = css`
  :where(second-look-filters) {
    display: block;
    font-size: var(--sl-small);

    .fold,
    label {
      display: inline-flex;
      align-items: center;
      min-block-size: 1.75rem;
      border: 1px solid var(--sl-border);
      border-radius: 99px;
      cursor: pointer;
    }

    .fold {
      gap: 0.5em;
      padding: 0.15em 0.6em;
      background: none;
      color: var(--sl-muted);
    }

    .fold:hover,
    .fold[aria-expanded='true'] {
      border-color: var(--sl-accent);
      color: var(--sl-text);
    }

    .count {
      min-inline-size: 1.5em;
      padding-inline: 0.4em;
      border-radius: 99px;
      background: var(--sl-accent);
      color: var(--sl-on-accent);
      font-size: 0.875em;
      text-align: center;
    }

    .groups {
      display: flex;
      flex-direction: column;
      gap: 0.6rem;
    }

    .groups[hidden] {
      display: none;
    }

    .fold + .groups {
      padding-block: 0.6rem 0.2rem;
    }

    fieldset {
      display: flex;
      flex-wrap: wrap;
      align-items: center;
      gap: 0.4rem;
      min-inline-size: 0;
      margin: 0;
      padding: 0;
      border: 0;
    }

    legend {
      float: inline-start;
      padding: 0;
      margin-inline-end: 0.3rem;
      color: var(--sl-muted);
      font-weight: 550;
    }

    legend::first-letter {
      text-transform: uppercase;
    }

    label {
      gap: 0.4em;
      padding: 0.1em 0.65em;
      overflow-wrap: anywhere;
    }

    label:hover {
      border-color: var(--sl-accent);
    }

    label:has(:checked) {
      border-color: var(--sl-accent);
      background: var(--sl-active);
    }

    label:has(:focus-visible) {
      outline: var(--sl-focus-width) solid var(--sl-accent);
      outline-offset: 2px;
    }

    input {
      inline-size: 0.9em;
      block-size: 0.9em;
      margin: 0;
      accent-color: var(--sl-accent);
    }

    input:focus-visible {
      outline: none;
    }

    .pages {
      color: var(--sl-muted);
      font-size: 0.9em;
      font-variant-numeric: tabular-nums;
    }

    .all {
      min-block-size: 1.75rem;
      padding-inline: 0.4em;
      border: 0;
      background: none;
      color: var(--sl-accent);
      cursor: pointer;
      text-decoration: underline;
      text-underline-offset: 0.2em;
    }
  }
`;
