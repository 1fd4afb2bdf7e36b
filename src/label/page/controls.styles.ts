import { css } from 'lit';

/** Buttons, keys, and what all parts share. */
export const controlStyles = css`
  *,
  ::before,
  ::after {
    box-sizing: border-box;
  }

  button {
    font: inherit;
    color: inherit;
    cursor: pointer;
  }

  .main {
    flex: none;
    min-block-size: 3rem;
    padding: 0 1.15rem;
    border: 1px solid transparent;
    border-radius: 10px;
    background: var(--accent);
    color: var(--on-accent);
    font-weight: 580;
    white-space: nowrap;
  }

  .main:hover {
    background: color-mix(in oklch, var(--accent) 88%, var(--ink));
  }

  .main kbd {
    margin-inline-start: 0.4em;
    border-color: color-mix(in oklch, currentColor 55%, transparent);
    background: none;
    color: inherit;
  }

  @media (forced-colors: active) {
    .main {
      border-color: ButtonBorder;
      background: ButtonFace;
      color: ButtonText;
    }
  }

  .quiet {
    min-block-size: 2.25rem;
    padding: 0.2rem 0.8rem;
    border: 1px solid var(--line);
    border-radius: 8px;
    background: var(--paper);
    color: var(--accent);
    font-size: 0.875rem;
    font-weight: 540;
  }

  .quiet:hover {
    border-color: var(--accent);
  }

  :focus-visible {
    outline: 2px solid var(--accent);
    outline-offset: 2px;
  }

  kbd {
    display: inline-block;
    min-inline-size: 1.5em;
    padding: 0.05em 0.4em;
    border: 1px solid var(--line);
    border-radius: 5px;
    background: var(--paper);
    color: var(--ink-soft);
    font: 500 0.75rem/1.5 var(--sans);
    text-align: center;
    white-space: nowrap;
  }

  code {
    font: 0.92em var(--mono);
    overflow-wrap: anywhere;
  }

  .unseen {
    position: absolute;
    inline-size: 1px;
    block-size: 1px;
    overflow: hidden;
    clip-path: inset(50%);
    white-space: nowrap;
  }
`;
