import { css } from 'lit';

/** The queries written so far, and the progress. */
export const queriesStyles = css`
  .queries {
    display: grid;
    gap: 1rem;
  }

  @media (min-width: 60.01rem) {
    .queries {
      position: sticky;
      inset-block-start: 1.5rem;
      max-block-size: calc(100dvh - 3rem);
      margin: -3px;
      padding: 3px;
      overflow-y: auto;
    }
  }

  .progress {
    display: grid;
    gap: 0.4rem;
    font-variant-numeric: tabular-nums;
  }

  progress {
    inline-size: 100%;
    block-size: 6px;
    border: 0;
    border-radius: 3px;
    background: var(--line);
    overflow: hidden;
    appearance: none;
  }

  progress::-webkit-progress-bar {
    background: var(--line);
  }

  progress::-webkit-progress-value {
    border-radius: 3px;
    background: var(--accent);
  }

  progress::-moz-progress-bar {
    border-radius: 3px;
    background: var(--accent);
  }

  .evaluate {
    padding: 0.6rem 0.85rem;
    border-radius: 10px;
    background: var(--surface);
    font-size: 0.875rem;
  }

  .evaluate summary {
    cursor: pointer;
    font-weight: 560;
  }

  .evaluate > code {
    display: block;
    margin-block: 0.5rem;
    user-select: all;
  }

  .list {
    display: grid;
    gap: 0.15rem;
    margin: 0;
    padding: 0;
    list-style: none;
  }

  .query {
    display: flex;
    align-items: start;
    gap: 0.25rem;
  }

  .edit {
    flex: 1;
    min-inline-size: 0;
    min-block-size: 2.5rem;
    padding: 0.4rem 0.75rem;
    border: 0;
    border-radius: 8px;
    background: none;
    line-height: 1.4;
    text-align: start;
    overflow-wrap: anywhere;
  }

  .edit:hover {
    background: var(--surface);
  }

  .edit[aria-current] {
    background: var(--accent-wash);
    box-shadow: inset 3px 0 0 var(--accent);
  }

  .count {
    display: block;
    color: var(--ink-soft);
    font-size: 0.8125rem;
  }

  .draft {
    font-style: italic;
  }

  .icon-button {
    display: grid;
    flex: none;
    place-items: center;
    inline-size: 2.5rem;
    block-size: 2.5rem;
    border: 0;
    border-radius: 8px;
    background: none;
    color: var(--ink-soft);
  }

  .icon-button:hover {
    background: var(--surface);
    color: var(--alert);
  }

  .icon {
    inline-size: 1.125rem;
    block-size: 1.125rem;
    fill: none;
    stroke: currentColor;
    stroke-width: 1.5;
    stroke-linecap: round;
    stroke-linejoin: round;
  }

  .deleted {
    display: flex;
    align-items: center;
    justify-content: space-between;
    gap: 0.75rem;
    color: var(--ink-soft);
    font-size: 0.875rem;
  }

  @media (forced-colors: active) {
    .edit[aria-current] {
      outline: 2px solid Highlight;
    }

    progress {
      border: 1px solid CanvasText;
    }

    progress::-webkit-progress-value {
      forced-color-adjust: none;
      background: Highlight;
    }
  }
`;
