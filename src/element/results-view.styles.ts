import { css } from 'lit';

/** The list of results: pages, rows, highlights and scores. */
export const resultsStyles = css`
  .list {
    flex: 1;
    min-block-size: 0;
    padding: 0.4rem 0.5rem 0.75rem;
    overflow-y: auto;
    overscroll-behavior: contain;
    scroll-padding-block: 2.5rem 0.75rem;
  }

  .list[hidden] {
    display: none;
  }

  .page + .page {
    margin-block-start: 0.35rem;
  }

  .title {
    padding: 0.55rem 0.7rem 0.2rem;
    font-size: 0.9375rem;
    font-weight: 620;
    overflow-wrap: anywhere;
  }

  .row {
    display: flex;
    gap: 0.75rem;
    padding: 0.45rem 0.7rem;
    border-radius: 9px;
    color: inherit;
    text-decoration: none;
    outline-offset: -2px;
  }

  .row[aria-selected='true'] {
    background: var(--tint);
    box-shadow: inset 3px 0 0 var(--accent);
  }

  .row:dir(rtl)[aria-selected='true'] {
    box-shadow: inset -3px 0 0 var(--accent);
  }

  /* What Enter would open before the visitor has moved. */
  .row.target {
    background: var(--faint);
  }

  .text {
    flex: 1;
    min-inline-size: 0;
  }

  .heading {
    display: block;
    font-size: 0.875rem;
    font-weight: 530;
    overflow-wrap: anywhere;
  }

  .separator {
    margin-inline: 0.4em;
    color: var(--muted);
    font-weight: 400;
  }

  .score {
    flex: none;
    inline-size: 1.75rem;
    block-size: 4px;
    margin-block-start: 0.55rem;
    animation: appear 200ms ease-out;
  }

  .score:dir(rtl) {
    transform: scaleX(-1);
  }

  .whole {
    fill: var(--border);
  }

  .share {
    fill: var(--accent);
  }

  .excerpt {
    display: -webkit-box;
    overflow: hidden;
    -webkit-box-orient: vertical;
    -webkit-line-clamp: 2;
    line-clamp: 2;
    color: var(--muted);
    font-size: 0.875rem;
    overflow-wrap: anywhere;
  }

  mark {
    border-radius: 3px;
    background: color-mix(in srgb, var(--accent) 14%, transparent);
    color: var(--text);
    text-decoration: underline;
    text-decoration-color: color-mix(in srgb, var(--accent) 55%, transparent);
    text-underline-offset: 0.2em;
  }

  @keyframes appear {
    from {
      opacity: 0;
    }
  }

  @media (forced-colors: active) {
    .row[aria-selected='true'] {
      outline: 2px solid Highlight;
      box-shadow: none;
    }

    mark {
      background: Mark;
      color: MarkText;
    }
  }
`;
