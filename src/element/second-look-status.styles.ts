import { css } from 'lit';

/** The line under the list. */
export const statusStyles = css`
  :where(second-look-status) {
    display: block;
    position: relative;
    min-inline-size: 0;
    color: var(--sl-muted);
    font-size: 0.8125em;

    .status {
      display: flex;
      flex-wrap: wrap;
      align-items: center;
      gap: 0.35rem 0.6rem;
      min-block-size: 1.75rem;
      font-variant-numeric: tabular-nums;
    }

    .answers {
      display: flex;
      gap: 0.4rem;
    }

    progress {
      flex: none;
      inline-size: 4rem;
      block-size: 4px;
      border: 0;
      border-radius: 2px;
      background: var(--sl-border);
      overflow: hidden;
      appearance: none;
    }

    progress::-webkit-progress-bar {
      background: var(--sl-border);
    }

    progress::-webkit-progress-value {
      background: var(--sl-accent);
      transition: inline-size 150ms;
    }

    progress::-moz-progress-bar {
      background: var(--sl-accent);
    }
  }
`;
