// Styles the elements of these pages share: parts that fold, tables, fields, buttons that stand out.

import { css } from 'lit';

export const adminStyles = css`
  /* What a fold holds lies in a box of its own, which does not hand its way of measuring on. */
  ::details-content {
    box-sizing: inherit;
  }

  h2,
  summary h2 {
    font-size: var(--text-14);
    font-weight: 600;
  }

  .part {
    border-bottom: 1px solid var(--hairline);
  }

  .part > summary {
    display: flex;
    align-items: center;
    gap: 8px;
    min-height: max(44px, var(--touch));
    padding: 0 16px;
    cursor: pointer;
    list-style: none;
  }

  .part > summary::-webkit-details-marker {
    display: none;
  }

  .part > summary::before {
    content: '';
    flex: none;
    width: 6px;
    height: 6px;
    margin-right: 4px;
    border: solid var(--ink-muted);
    border-width: 0 1.5px 1.5px 0;
    transform: rotate(-45deg);
  }

  .part[open] > summary::before {
    transform: translateY(-2px) rotate(45deg);
  }

  .part > summary:hover {
    background: var(--accent-tint);
  }

  .part > summary .count {
    margin-left: auto;
  }

  .body {
    display: flex;
    flex-direction: column;
    gap: 12px;
    padding: 0 16px 16px;
  }

  .primary,
  .secondary {
    min-height: max(36px, var(--touch));
    padding: 0 16px;
  }

  .primary {
    background: var(--accent);
    color: var(--on-accent);
    font-weight: 600;
  }

  .primary:hover {
    background: var(--accent);
    text-decoration: underline;
  }

  .secondary {
    box-shadow: inset 0 0 0 1px var(--outline);
  }

  button[disabled] {
    opacity: 0.5;
    cursor: default;
    text-decoration: none;
  }

  .buttons {
    display: flex;
    flex-wrap: wrap;
    gap: 8px;
  }

  /* Words for screen readers in it are placed from it, or they would widen the page. */
  .scroll {
    position: relative;
    overflow-x: auto;
    scrollbar-width: thin;
    scrollbar-color: var(--outline) transparent;
  }

  table {
    width: 100%;
    border-collapse: collapse;
    font-size: var(--text-12);
  }

  th {
    padding: 4px 8px;
    text-align: left;
    font-weight: 400;
    color: var(--ink-muted);
    white-space: nowrap;
  }

  tbody th {
    color: var(--ink);
    white-space: normal;
  }

  td {
    padding: 4px 8px;
    overflow-wrap: anywhere;
    vertical-align: top;
  }

  tbody tr {
    border-top: 1px solid var(--hairline);
  }

  th:first-child,
  td:first-child {
    padding-left: 0;
  }

  th:last-child,
  td:last-child {
    padding-right: 0;
  }

  .number {
    text-align: right;
    font-variant-numeric: tabular-nums;
    white-space: nowrap;
  }

  select,
  input[type='text'],
  input[type='number'],
  input[type='datetime-local'] {
    min-height: max(32px, var(--touch));
    max-width: 100%;
    padding: 0 8px;
    border: 1px solid var(--outline);
    border-radius: var(--radius);
    background: var(--panel);
    color: var(--ink);
  }

  option {
    background: var(--panel);
    color: var(--ink);
  }

  label.tick {
    display: flex;
    align-items: center;
    gap: 8px;
    min-height: max(32px, var(--touch));
  }

  input[type='checkbox'],
  input[type='radio'] {
    flex: none;
    width: 16px;
    height: 16px;
    margin: 0;
    accent-color: var(--accent);
  }

  .change-mark {
    flex: none;
    overflow: visible;
  }
`;
