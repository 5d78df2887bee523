// How the league looks.

import { css } from 'lit';

export const leagueStyles = css`
  :host {
    display: flex;
    flex-direction: column;
    min-height: 0;
    background: var(--panel);
  }

  search {
    display: flex;
    align-items: center;
    gap: 4px;
    margin: 12px 16px 0;
    border-radius: var(--radius);
    background: var(--sunken);
    box-shadow: inset 0 0 0 1px var(--hairline);
  }

  search:focus-within {
    box-shadow: inset 0 0 0 2px var(--accent);
  }

  search label {
    display: flex;
    align-items: center;
    gap: 8px;
    flex: 1;
    min-width: 0;
    padding-left: 10px;
    color: var(--ink-muted);
  }

  input {
    flex: 1;
    min-width: 0;
    height: max(36px, var(--touch));
    padding: 0;
    border: 0;
    background: none;
    color: var(--ink);
    outline: none;
    appearance: none;
  }

  input:focus-visible {
    outline: none;
  }

  input::-webkit-search-cancel-button {
    display: none;
  }

  input::placeholder {
    color: var(--ink-muted);
    opacity: 1;
  }

  kbd {
    margin-right: 10px;
    padding: 0 6px;
    border: 1px solid var(--hairline);
    border-radius: 4px;
    font: 400 var(--text-12) / 1.5 var(--font);
    color: var(--ink-muted);
  }

  nav {
    padding: 8px 16px 0;
  }

  .crumbs {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    min-height: var(--touch);
    row-gap: 0;
  }

  .crumbs li {
    display: flex;
    align-items: center;
  }

  .crumbs li + li::before {
    content: '›';
    padding: 0 8px;
    color: var(--ink-muted);
  }

  .crumbs [aria-current] {
    font-weight: 600;
  }

  .levels {
    display: flex;
    gap: 2px;
    margin: 4px 16px 8px;
    padding: 2px;
    border-radius: var(--radius);
    background: var(--sunken);
  }

  .levels button {
    flex: 1 1 auto;
    min-height: max(28px, calc(var(--touch) - 4px));
    padding: 0 4px;
    border-radius: 4px;
    color: var(--ink-muted);
  }

  .levels button[aria-pressed='true'] {
    background: var(--panel);
    color: var(--ink);
    font-weight: 600;
    box-shadow: 0 0 0 1px var(--hairline);
  }

  .rows {
    flex: 1;
    min-height: 0;
    overflow-y: auto;
    scrollbar-width: thin;
    scrollbar-color: var(--outline) transparent;
  }

  table {
    width: 100%;
    border-collapse: collapse;
  }

  thead th {
    position: sticky;
    top: 0;
    z-index: 1;
    padding: 6px 8px;
    background: var(--panel);
    box-shadow: inset 0 -1px 0 var(--hairline);
    font-size: var(--text-12);
    font-weight: 400;
    text-align: left;
    color: var(--ink-muted);
  }

  thead th:first-child {
    padding-left: 16px;
  }

  th:last-child,
  td:last-child {
    padding-right: 16px;
  }

  .number {
    text-align: right !important;
    white-space: nowrap;
  }

  tbody tr {
    position: relative;
    box-shadow: inset 0 -1px 0 var(--hairline);
  }

  tbody tr:hover {
    background: var(--accent-tint);
  }

  tbody tr.selected {
    background: var(--accent-tint);
    box-shadow: inset 3px 0 0 var(--accent);
  }

  tbody th {
    padding: 0;
    font-weight: 400;
    text-align: left;
  }

  tbody th button {
    display: flex;
    flex-direction: column;
    align-items: flex-start;
    justify-content: center;
    gap: 0;
    width: 100%;
    min-height: max(44px, var(--touch));
    padding: 4px 0 4px 16px;
    border-radius: 0;
    background: none;
    text-align: left;
  }

  /* The whole row is the button's. */
  tbody th button::after {
    content: '';
    position: absolute;
    inset: 0;
  }

  tbody th button:focus-visible {
    outline: none;
  }

  tbody th button:focus-visible::after {
    outline: 2px solid var(--accent);
    outline-offset: -2px;
  }

  .name {
    line-height: 1.3;
  }

  .code {
    font-size: var(--text-12);
    line-height: 1.3;
  }

  td {
    padding: 4px 8px;
    vertical-align: middle;
  }

  .share {
    width: 84px;
  }

  .share coverage-bar {
    margin-top: 4px;
    height: 6px;
  }

  .wide .share {
    width: 160px;
  }

  @media (max-width: 719px) {
    .detail {
      display: none;
    }

    .wide .share {
      width: 84px;
    }
  }

  @media print {
    search,
    .levels {
      display: none;
    }

    .rows {
      overflow: visible;
    }
  }

  @media (pointer: coarse) {
    kbd {
      display: none;
    }
  }

  .more {
    width: 100%;
    min-height: 44px;
    border-radius: 0;
    color: var(--accent);
  }

  .empty {
    padding: 16px;
  }

  .loading {
    padding: 8px 16px;
  }

  .ghost {
    height: 28px;
    margin: 8px 0;
    border-radius: var(--radius);
    background: var(--sunken);
  }
`;
