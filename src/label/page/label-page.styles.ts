import { css } from 'lit';

/** The frame and the query's form. */
export const labelPageStyles = css`
  :host {
    display: block;
    max-inline-size: 78rem;
    margin-inline: auto;
    padding: 0 clamp(1.1rem, 4vw, 2.5rem) 3rem;
  }

  h1,
  h2,
  p {
    margin: 0;
    overflow-wrap: anywhere;
  }

  h1 {
    font-size: clamp(1.7rem, 1.4rem + 1.2vw, 2.2rem);
    font-weight: 650;
    line-height: 1.15;
    letter-spacing: -0.025em;
  }

  h2 {
    font-size: 1.0625rem;
    font-weight: 640;
    line-height: 1.35;
  }

  header {
    display: flex;
    align-items: center;
    justify-content: space-between;
    gap: 1rem;
    min-block-size: 4rem;
  }

  .brand {
    display: flex;
    align-items: center;
    gap: 0.6rem;
    font-weight: 620;
    white-space: nowrap;
  }

  small {
    color: var(--ink-soft);
    font-size: 1em;
    font-weight: 400;
  }

  .logo {
    inline-size: 1.6rem;
    block-size: 1.6rem;
    fill: none;
    stroke: var(--accent);
    stroke-width: 2.5;
  }

  .status {
    color: var(--ink-soft);
    font-size: 0.875rem;
    font-variant-numeric: tabular-nums;
    text-align: end;
  }

  .columns {
    display: grid;
    grid-template-columns: minmax(0, 44rem) minmax(0, 20rem);
    justify-content: space-between;
    gap: 2rem clamp(2rem, 5vw, 4.5rem);
    padding-block-start: clamp(0.75rem, 3vw, 2rem);
  }

  main {
    display: grid;
    align-content: start;
    gap: 1.25rem;
  }

  .lead {
    color: var(--ink-soft);
    font-size: 1.0625rem;
    text-wrap: pretty;
  }

  /* The query */

  label[for='query'] {
    display: block;
    margin-block-end: 0.4rem;
    font-weight: 600;
  }

  .field {
    display: flex;
    gap: 0.5rem;
  }

  input[name='query'] {
    flex: 1;
    min-inline-size: 0;
    block-size: 3rem;
    padding: 0 0.9rem;
    border: 1px solid var(--field-line);
    border-radius: 10px;
    background: light-dark(#fff, oklch(22% 0.013 220));
    color: inherit;
    font: inherit;
    font-size: max(16px, 1.0625rem);
  }

  .hint,
  .soft,
  .choices {
    color: var(--ink-soft);
    font-size: 0.875rem;
    text-wrap: pretty;
  }

  .hint {
    margin-block-start: 0.45rem;
  }

  .choices {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 0.5rem 0.75rem;
    margin-block-start: 0.9rem;
  }

  /* What went wrong */

  .alert {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    justify-content: space-between;
    gap: 0.6rem 1rem;
    padding: 0.8rem 1rem;
    /* Seen in forced colours alone. */
    border: 1px solid transparent;
    border-radius: 10px;
    background: var(--alert-wash);
    color: var(--alert);
  }

  .alert p {
    flex: 1 1 16rem;
  }

  /* What is marked, and on to the next */

  .footer {
    position: sticky;
    inset-block-end: 0;
    display: flex;
    align-items: center;
    justify-content: space-between;
    gap: 1rem;
    padding-block: 0.75rem calc(0.75rem + env(safe-area-inset-bottom));
    border-block-start: 1px solid var(--line);
    background: var(--paper);
    font-size: 0.9375rem;
  }

  @media (max-width: 60rem) {
    .columns {
      grid-template-columns: minmax(0, 44rem);
      justify-content: center;
    }

    .keys,
    .digit,
    .main kbd {
      display: none;
    }
  }

  @media (max-width: 30rem) {
    .field {
      flex-direction: column;
    }

    input[name='query'] {
      flex: none;
    }
  }
`;
