// How the strip of figures looks.

import { css } from 'lit';

export const stripStyles = css`
  :host {
    display: flex;
    align-items: stretch;
    gap: 0 20px;
    padding: 8px 16px;
    background: var(--panel);
    border-bottom: 1px solid var(--hairline);
  }

  .place {
    display: flex;
    flex-direction: column;
    justify-content: center;
    flex: none;
    max-width: 260px;
  }

  h1 {
    font-size: var(--text-20);
    font-weight: 600;
    line-height: 1.2;
    white-space: nowrap;
  }

  .round {
    display: flex;
    align-items: center;
    gap: 4px;
    min-width: 0;
  }

  select {
    min-height: 28px;
    /* A percentage would let it shrink to nothing. */
    max-width: 228px;
    margin-left: -4px;
    padding: 0 4px;
    border: 0;
    border-radius: var(--radius);
    background: none;
    color: var(--ink-muted);
    text-overflow: ellipsis;
    cursor: pointer;
  }

  select:hover {
    background: var(--accent-tint);
  }

  option {
    background: var(--panel);
    color: var(--ink);
  }

  dl {
    display: flex;
    align-items: stretch;
    gap: 0 20px;
    flex: 1;
    min-width: 0;
  }

  .item {
    display: flex;
    flex-direction: column;
    justify-content: center;
    gap: 2px;
    padding-left: 20px;
    border-left: 1px solid var(--hairline);
  }

  dt {
    font-size: var(--text-12);
    color: var(--ink-muted);
    line-height: 1.3;
    white-space: nowrap;
  }

  dd {
    display: flex;
    align-items: center;
    gap: 8px;
    font-size: var(--text-20);
    line-height: 1.1;
  }

  .main dd {
    font-size: var(--text-28);
    font-weight: 600;
  }

  .main coverage-bar {
    width: 84px;
    height: 10px;
  }

  .worst {
    display: inline-flex;
    min-height: 24px;
    padding: 0 6px;
    margin: 0 -6px;
    font-size: var(--text-12);
    font-weight: 400;
    color: var(--ink-muted);
    gap: 6px;
    white-space: nowrap;
  }

  .worst b {
    font-weight: 600;
    color: var(--ink);
  }

  .tools {
    display: flex;
    align-items: center;
    gap: 4px;
  }

  .none {
    max-width: 360px;
    align-self: center;
  }

  @media print {
    .tools button {
      display: none;
    }
  }

  @media (max-width: 1360px) {
    :host,
    dl {
      gap: 0 12px;
    }

    .item {
      padding-left: 12px;
    }

    .main coverage-bar {
      display: none;
    }
  }

  @media (max-width: 1179px) {
    :host {
      flex-wrap: wrap;
      gap: 8px 12px;
    }

    dl {
      order: 3;
      flex: 1 0 100%;
      justify-content: space-between;
    }

    .tools {
      margin-left: auto;
    }

    .item.main {
      border-left: 0;
      padding-left: 0;
    }
  }

  @media (max-width: 719px) {
    :host {
      padding: 4px 4px 8px 12px;
      gap: 4px 8px;
    }

    .place {
      flex: 1;
      min-width: 0;
    }

    select {
      max-width: 100%;
    }

    h1 {
      overflow: hidden;
      text-overflow: ellipsis;
    }

    .tools {
      gap: 0;
    }

    dl {
      display: grid;
      grid-template-columns: repeat(4, auto);
      gap: 4px 12px;
      padding-right: 8px;
    }

    .item {
      border-left: 0;
      padding-left: 0;
    }

    .item.main {
      grid-column: 1 / -1;
      flex-direction: row;
      flex-wrap: wrap;
      align-items: baseline;
      justify-content: flex-start;
      gap: 0 12px;
    }

    .main dd {
      flex: 1;
      flex-wrap: wrap;
    }

    .main .worst {
      margin-left: auto;
      min-height: 44px;
    }

    dd {
      font-size: var(--text-16);
    }

    .less {
      display: none;
    }
  }
`;
