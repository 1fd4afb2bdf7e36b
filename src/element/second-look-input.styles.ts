import { css } from 'lit';

/** The field. */
export const inputStyles = css`
  :where(second-look-input) {
    display: block;

    .field {
      position: relative;
      display: flex;
      align-items: center;
      gap: 0.75rem;
      padding-inline: 1.1rem 0.5rem;
      border: 1px solid var(--sl-border);
      border-radius: var(--sl-control-radius);
      background: var(--sl-background);
      color: var(--sl-muted);
    }

    .field:focus-within {
      border-color: var(--sl-accent);
      box-shadow: 0 0 0 1px var(--sl-accent);
    }

    input {
      flex: 1;
      min-inline-size: 0;
      block-size: var(--sl-input-height);
      margin: 0;
      padding: 0;
      border: 0;
      background: none;
      color: var(--sl-text);
      /* Below 16 px, iOS zooms in. */
      font-size: max(16px, 1.0625em);
      appearance: none;
    }

    /* The field's own line shows where the focus is. */
    input:focus-visible {
      outline: none;
    }

    input::placeholder {
      color: var(--sl-muted);
      opacity: 1;
    }

    input::-webkit-search-cancel-button {
      display: none;
    }

    .clear {
      min-block-size: 1.75rem;
      padding: 0 0.6rem;
      border: 0;
      border-radius: calc(var(--sl-control-radius) - 2px);
      background: none;
      color: var(--sl-muted);
      font-size: var(--sl-small);
      cursor: pointer;
    }

    .clear:hover {
      background: var(--sl-faint);
      color: var(--sl-text);
    }
  }
`;
