import { css } from 'lit';

/**
 * What a site may set, with its defaults, as the names that the other styles use. Colours follow the page's
 * `color-scheme`.
 */
export const tokenStyles = css`
  :host,
  second-look-input,
  second-look-results,
  second-look-filters,
  second-look-status {
    --sl-accent: var(--second-look-accent, light-dark(#0b62d6, #7db4ff));
    --sl-on-accent: var(--second-look-on-accent, light-dark(#ffffff, #10151d));
    --sl-background: var(--second-look-background, light-dark(#ffffff, #16191e));
    --sl-text: var(--second-look-text, light-dark(#1b1f24, #e8ebf0));
    --sl-muted: var(--second-look-muted, light-dark(#596270, #9ba5b3));
    --sl-border: var(--second-look-border, light-dark(#d8dde4, #343a44));
    --sl-faint: var(--second-look-faint, color-mix(in srgb, var(--sl-text) 4%, var(--sl-background)));
    --sl-active: var(--second-look-active, color-mix(in srgb, var(--sl-accent) 10%, var(--sl-background)));
    --sl-mark: var(--second-look-mark, color-mix(in srgb, var(--sl-accent) 14%, transparent));
    --sl-mark-text: var(--second-look-mark-text, var(--sl-text));
    --sl-mark-line: var(--second-look-mark-line, color-mix(in srgb, var(--sl-accent) 55%, transparent));
    --sl-backdrop: var(--second-look-backdrop, rgb(20 24 31 / 0.42));
    --sl-shadow: var(--second-look-shadow, 0 2px 6px rgb(0 0 0 / 0.06), 0 20px 60px rgb(0 0 0 / 0.22));
    --sl-font: var(--second-look-font, inherit);
    --sl-font-size: var(--second-look-font-size, 1rem);
    --sl-small: var(--second-look-small, 0.875em);
    --sl-line-height: var(--second-look-line-height, 1.5);
    --sl-title-weight: var(--second-look-title-weight, 620);
    --sl-radius: var(--second-look-radius, 14px);
    --sl-row-radius: var(--second-look-row-radius, 9px);
    --sl-control-radius: var(--second-look-control-radius, 10px);
    --sl-width: var(--second-look-width, 42rem);
    --sl-height: var(--second-look-height, min(76dvh, 44rem));
    --sl-top: var(--second-look-top, min(12vh, 7rem));
    --sl-row-padding: var(--second-look-row-padding, 0.45rem 0.7rem);
    --sl-page-gap: var(--second-look-page-gap, 0.35rem);
    --sl-excerpt-lines: var(--second-look-excerpt-lines, 2);
    --sl-button-height: var(--second-look-button-height, 2.5rem);
    --sl-input-height: var(--second-look-input-height, 3rem);
    --sl-icon-size: var(--second-look-icon-size, 1.125em);
    --sl-focus-width: var(--second-look-focus-width, 2px);
    --sl-duration: var(--second-look-duration, 150ms);
  }

  :where(:host, second-look-input, second-look-results, second-look-filters, second-look-status) {
    box-sizing: border-box;
    color: var(--sl-text);
    font-family: var(--sl-font);
    font-size: var(--sl-font-size);
    line-height: var(--sl-line-height);

    *,
    ::before,
    ::after {
      box-sizing: border-box;
    }

    &[hidden] {
      display: none;
    }

    button,
    input {
      color: inherit;
      font: inherit;
    }

    :focus-visible {
      outline: var(--sl-focus-width) solid var(--sl-accent);
      outline-offset: 2px;
    }

    .icon {
      flex: none;
      inline-size: var(--sl-icon-size);
      block-size: var(--sl-icon-size);
      fill: none;
      stroke: currentColor;
      stroke-width: 1.75;
      stroke-linecap: round;
      stroke-linejoin: round;
    }

    kbd {
      display: inline-block;
      padding: 0.1em 0.4em;
      border: 1px solid var(--sl-border);
      border-radius: 5px;
      background: var(--sl-background);
      color: var(--sl-muted);
      font:
        500 0.75em/1.4 ui-sans-serif,
        system-ui,
        sans-serif;
      white-space: nowrap;
    }

    .unseen {
      position: absolute;
      inline-size: 1px;
      block-size: 1px;
      overflow: hidden;
      clip-path: inset(50%);
      white-space: nowrap;
    }

    .quiet {
      padding: 0.3em 0.7em;
      border: 1px solid var(--sl-border);
      border-radius: var(--sl-control-radius);
      background: var(--sl-background);
      color: var(--sl-text);
      cursor: pointer;

      &:hover {
        border-color: var(--sl-accent);
      }
    }

    .strong {
      padding: 0.3em 0.8em;
      border: 1px solid transparent;
      border-radius: var(--sl-control-radius);
      background: var(--sl-accent);
      color: var(--sl-on-accent);
      font-weight: 550;
      cursor: pointer;

      &:hover {
        filter: brightness(1.08);
      }
    }

    @media (forced-colors: active) {
      .strong {
        border-color: ButtonText;
        background: ButtonFace;
        color: ButtonText;
      }
    }

    @media (prefers-reduced-motion: reduce) {
      *,
      ::before,
      ::after {
        animation: none !important;
        transition: none !important;
      }
    }
  }
`;
