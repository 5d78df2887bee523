// Styles every element shares: buttons, focus, figures, words for screen readers only.

import { css } from 'lit';

export const baseStyles = css`
  :host {
    box-sizing: border-box;
  }

  :host([hidden]) {
    display: none;
  }

  *,
  *::before,
  *::after {
    box-sizing: inherit;
  }

  h1,
  h2,
  h3,
  p,
  ol,
  ul,
  dl,
  dd {
    margin: 0;
    padding: 0;
  }

  ol,
  ul {
    list-style: none;
  }

  button,
  select,
  input {
    font: inherit;
    color: inherit;
    letter-spacing: inherit;
  }

  button {
    display: inline-flex;
    align-items: center;
    justify-content: center;
    gap: 4px;
    min-height: var(--touch);
    min-width: var(--touch);
    padding: 0 8px;
    border: 0;
    border-radius: var(--radius);
    background: none;
    cursor: pointer;
  }

  button:hover {
    background: var(--accent-tint);
  }

  :focus-visible {
    outline: 2px solid var(--accent);
    outline-offset: -2px;
  }

  .figure {
    font-variant-numeric: tabular-nums;
    line-height: 1.1;
    white-space: nowrap;
  }

  .muted {
    color: var(--ink-muted);
  }

  .small {
    font-size: var(--text-12);
  }

  .panel-title {
    font-size: var(--text-14);
    font-weight: 600;
  }

  .link {
    min-width: 0;
    padding: 0 4px;
    margin: 0 -4px;
    color: var(--accent);
  }

  .icon {
    width: 16px;
    height: 16px;
    flex: none;
    fill: none;
    stroke: currentColor;
    stroke-width: 1.75;
    stroke-linecap: round;
    stroke-linejoin: round;
  }

  .door-symbol {
    flex: none;
    overflow: visible;
  }

  .unseen {
    position: absolute;
    width: 1px;
    height: 1px;
    overflow: hidden;
    clip-path: inset(50%);
    white-space: nowrap;
  }
`;
