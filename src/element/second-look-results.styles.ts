import { css } from 'lit';

/** The list of results: pages, rows, highlights and scores; and what stands in its place. */
export const resultsStyles = css`
  :where(second-look-results) {
    display: block;

    .list[hidden] {
      display: none;
    }

    .page + .page {
      margin-block-start: var(--sl-page-gap);
    }

    .title {
      padding: 0.55rem 0.7rem 0.2rem;
      font-size: 0.9375em;
      font-weight: var(--sl-title-weight);
      overflow-wrap: anywhere;
    }

    .row {
      display: flex;
      gap: 0.75rem;
      padding: var(--sl-row-padding);
      border-radius: var(--sl-row-radius);
      color: inherit;
      text-decoration: none;
      outline-offset: -2px;
      cursor: pointer;
    }

    a.row:hover,
    /* What Enter would open before the visitor has moved. */
    .row.target {
      background: var(--sl-faint);
    }

    .row[aria-selected='true'] {
      background: var(--sl-active);
      box-shadow: inset 3px 0 0 var(--sl-accent);
    }

    .row[aria-selected='true']:dir(rtl) {
      box-shadow: inset -3px 0 0 var(--sl-accent);
    }

    .text {
      flex: 1;
      min-inline-size: 0;
    }

    .heading {
      display: block;
      font-size: var(--sl-small);
      font-weight: 530;
      overflow-wrap: anywhere;
    }

    .separator {
      margin-inline: 0.4em;
      color: var(--sl-muted);
      font-weight: 400;
    }

    .score {
      flex: none;
      inline-size: 1.75rem;
      block-size: 4px;
      margin-block-start: 0.55rem;
      animation: second-look-appear var(--sl-duration) ease-out;
    }

    .score:dir(rtl) {
      transform: scaleX(-1);
    }

    .whole {
      fill: var(--sl-border);
    }

    .share {
      fill: var(--sl-accent);
    }

    .excerpt {
      display: -webkit-box;
      overflow: hidden;
      -webkit-box-orient: vertical;
      -webkit-line-clamp: var(--sl-excerpt-lines);
      line-clamp: var(--sl-excerpt-lines);
      color: var(--sl-muted);
      font-size: var(--sl-small);
      overflow-wrap: anywhere;
    }

    mark {
      border-radius: 3px;
      background: var(--sl-mark);
      color: var(--sl-mark-text);
      text-decoration: underline;
      text-decoration-color: var(--sl-mark-line);
      text-underline-offset: 0.2em;
    }

    .more {
      justify-content: center;
      inline-size: 100%;
      margin-block-start: 0.5rem;
      color: var(--sl-muted);
      font-size: var(--sl-small);
    }

    .respelt {
      padding: 0.6rem 1.2rem 0.1rem;
      color: var(--sl-muted);
      font-size: var(--sl-small);
      overflow-wrap: anywhere;
    }

    .message {
      padding: 2.25rem 1.5rem;
      color: var(--sl-muted);
      text-align: center;
      text-wrap: balance;
      overflow-wrap: anywhere;
    }

    .message p {
      margin: 0 0 0.25rem;
    }

    .message p:first-child {
      color: var(--sl-text);
    }

    .message button {
      margin-block-start: 0.6rem;
      font-size: var(--sl-small);
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
  }

  @keyframes second-look-appear {
    from {
      opacity: 0;
    }
  }
`;
