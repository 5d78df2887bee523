// How the facts look.

import { css } from 'lit';

export const factsStyles = css`
  :host {
    display: flex;
    flex-direction: column;
    gap: 12px;
    padding: 12px 16px 16px;
    background: var(--panel);
    overflow-y: auto;
    scrollbar-width: thin;
    scrollbar-color: var(--outline) transparent;
  }

  header {
    display: grid;
    grid-template-columns: 1fr auto;
    align-items: center;
  }

  header .tools {
    display: flex;
    margin-right: -8px;
  }

  h2 {
    grid-column: 1 / -1;
    font-size: var(--text-20);
    font-weight: 600;
    line-height: 1.3;
    overflow-wrap: anywhere;
  }

  h2.panel-title {
    font-size: var(--text-14);
  }

  .path {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    margin-top: -8px;
  }

  .path li {
    display: flex;
    align-items: center;
  }

  .path li + li::before {
    content: '›';
    padding: 0 6px;
    color: var(--ink-muted);
  }

  .path button {
    min-height: max(24px, var(--touch));
  }

  dl {
    display: grid;
    grid-template-columns: minmax(72px, auto) 1fr;
    gap: 6px 16px;
    align-items: baseline;
  }

  dt {
    color: var(--ink-muted);
  }

  dd {
    text-align: right;
    overflow-wrap: anywhere;
  }

  dd .link {
    min-height: max(24px, var(--touch));
    text-align: right;
  }

  .figures {
    display: flex;
    flex-direction: column;
    gap: 8px;
  }

  .figures dl {
    gap: 6px 16px;
  }

  .row {
    display: contents;
  }

  .row dt {
    display: flex;
    align-items: center;
    gap: 8px;
  }

  .share {
    display: flex;
    flex-wrap: wrap;
    align-items: baseline;
    column-gap: 12px;
  }

  .share live-figure {
    font-size: var(--text-28);
    font-weight: 600;
  }

  .bar {
    display: flex;
    height: 12px;
    border-radius: 3px;
    overflow: hidden;
    background: var(--sunken);
    box-shadow: inset 0 0 0 1px var(--outline);
  }

  .bar span {
    transition: width 300ms;
  }

  .bar .reached,
  .mark.reached {
    background: var(--cover);
    box-shadow: inset 0 0 0 1px var(--outline);
  }

  .bar .touched,
  .mark.touched {
    background-color: var(--panel);
    background-image: repeating-linear-gradient(135deg, var(--cover) 0 2px, transparent 2px 5px);
    box-shadow: inset 0 0 0 1px var(--outline);
  }

  .mark {
    width: 12px;
    height: 12px;
    border-radius: 2px;
    flex: none;
  }

  .mark.untouched {
    background: var(--sunken);
    box-shadow: inset 0 0 0 1px var(--outline);
  }

  .mark.all {
    background: none;
    box-shadow: none;
  }

  .stepper {
    display: flex;
    align-items: center;
    justify-content: space-between;
    border-radius: var(--radius);
    background: var(--sunken);
  }

  .state {
    display: flex;
    align-items: center;
    gap: 8px;
    font-size: var(--text-16);
    font-weight: 600;
  }

  .state .door-symbol {
    width: 20px;
    height: 20px;
  }

  .due {
    color: var(--follow-up);
    font-weight: 600;
  }

  .wide {
    border: 1px solid var(--outline);
    min-height: max(36px, var(--touch));
  }

  .doors {
    margin: 4px -8px;
  }

  .doors button {
    justify-content: flex-start;
    gap: 8px;
    width: 100%;
    text-align: left;
    line-height: 1.3;
    padding: 4px 8px;
  }

  .failed {
    padding: 8px 12px;
    border-radius: var(--radius);
    box-shadow: inset 0 0 0 1px var(--alarm);
  }

  @media (max-width: 719px) {
    :host([empty]) {
      display: none;
    }
  }

  @media (prefers-reduced-motion: reduce) {
    .bar span {
      transition: none;
    }
  }
`;
