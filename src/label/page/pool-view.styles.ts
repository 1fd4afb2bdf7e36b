import { css } from 'lit';

/** Sections: those to judge, and the one suggested. */
export const poolStyles = css`
  .pool-head {
    display: flex;
    flex-wrap: wrap;
    align-items: baseline;
    justify-content: space-between;
    gap: 0.25rem 1rem;
    margin-block-start: 0.5rem;
  }

  .keys {
    display: flex;
    gap: 1rem;
    color: var(--ink-soft);
    font-size: 0.8125rem;
  }

  .warning,
  .nothing {
    padding: 0.7rem 1rem;
    border-radius: 10px;
    background: var(--surface);
    color: var(--ink-soft);
    font-size: 0.9375rem;
  }

  .pool {
    display: grid;
    gap: 0.6rem;
    margin: -0.5rem 0 0;
    padding: 0;
    list-style: none;
  }

  .row,
  .card {
    border: 1px solid var(--line);
    border-radius: 12px;
    background: light-dark(#fff, oklch(22% 0.013 220));
  }

  .row {
    display: grid;
    grid-template-columns: auto minmax(0, 1fr) auto;
    gap: 0.85rem;
    padding: 0.85rem 1rem;
    cursor: pointer;
  }

  .row:hover {
    border-color: color-mix(in oklch, var(--accent) 45%, var(--line));
  }

  .row:focus-within {
    border-color: var(--accent);
  }

  .row.right {
    border-color: var(--accent);
    background: var(--accent-wash);
  }

  .row input {
    inline-size: 1.25rem;
    block-size: 1.25rem;
    margin: 0.15rem 0 0;
    cursor: pointer;
  }

  .row label {
    display: block;
    cursor: pointer;
    overflow-wrap: anywhere;
  }

  .above {
    color: var(--ink-soft);
  }

  .separator {
    color: var(--ink-soft);
  }

  .own {
    font-weight: 600;
  }

  .tag {
    margin-inline-start: 0.5rem;
    color: var(--ink-soft);
    font-size: 0.875rem;
    font-style: italic;
  }

  .text {
    margin-block-start: 0.3rem;
    font-size: 0.9375rem;
    line-height: 1.55;
    overflow-wrap: anywhere;
  }

  .text bdi {
    white-space: pre-line;
  }

  .folded {
    display: -webkit-box;
    overflow: hidden;
    -webkit-box-orient: vertical;
    -webkit-line-clamp: 4;
    line-clamp: 4;
  }

  .unfold {
    min-block-size: 1.75rem;
    margin-block-start: 0.25rem;
    padding: 0;
    border: 0;
    background: none;
  }

  .unfold:hover {
    text-decoration: underline;
  }

  .digit {
    align-self: start;
    margin-block-start: 0.1rem;
  }

  .suggestion {
    display: grid;
    gap: 0.75rem;
  }

  .suggestion .choices {
    margin: 0;
  }

  .card {
    padding: 1.1rem 1.25rem;
    border-inline-start: 4px solid var(--accent);
  }

  @media (forced-colors: active) {
    .row.right {
      outline: 2px solid Highlight;
    }
  }
`;
