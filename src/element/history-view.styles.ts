import { css } from 'lit';

/** The visitor's history. */
export const historyStyles = css`
  .history {
    padding: 0.4rem 0.5rem 0.9rem;
    overflow-y: auto;
    overscroll-behavior: contain;
  }

  .group-name {
    padding: 0.7rem 0.7rem 0.2rem;
    color: var(--sl-muted);
    font-size: 0.8125em;
    font-weight: 550;
  }

  .history ul {
    margin: 0;
    padding: 0;
    list-style: none;
  }

  .history li {
    display: flex;
    align-items: center;
    border-radius: var(--sl-row-radius);
  }

  .history li:hover,
  .history li:focus-within {
    background: var(--sl-faint);
  }

  .entry {
    display: flex;
    flex: 1;
    align-items: center;
    gap: 0.6em;
    min-inline-size: 0;
    min-block-size: 2.25rem;
    padding: 0.3rem 0.7rem;
    border: 0;
    border-radius: var(--sl-row-radius);
    background: none;
    color: inherit;
    text-align: start;
    text-decoration: none;
    overflow-wrap: anywhere;
    cursor: pointer;
  }

  .entry .icon {
    color: var(--sl-muted);
  }

  .action {
    display: grid;
    flex: none;
    place-items: center;
    inline-size: 2.25rem;
    block-size: 2.25rem;
    padding: 0;
    border: 0;
    border-radius: var(--sl-row-radius);
    background: none;
    color: var(--sl-muted);
    cursor: pointer;
  }

  .action:hover {
    color: var(--sl-text);
  }

  .action[aria-pressed='true'] {
    color: var(--sl-accent);
  }

  .all {
    margin: 0.7rem 0.7rem 0;
    font-size: 0.8125em;
  }
`;
