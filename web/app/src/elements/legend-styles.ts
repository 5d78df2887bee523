// How a legend over a map looks: a panel with a line to open and close it.

import { css } from 'lit';

export const legendStyles = css`
  details {
    border-radius: var(--radius);
    background: var(--panel);
    box-shadow: var(--shadow);
    font-size: var(--text-12);
  }

  summary {
    display: flex;
    align-items: center;
    min-height: var(--touch);
    padding: 0 12px;
    border-radius: var(--radius);
    font-weight: 600;
    cursor: pointer;
    list-style: none;
  }

  summary::-webkit-details-marker {
    display: none;
  }

  summary::after {
    content: '';
    margin-left: auto;
    width: 6px;
    height: 6px;
    border: solid currentColor;
    border-width: 0 1.5px 1.5px 0;
    transform: translateY(2px) rotate(-135deg);
  }

  details:not([open]) summary::after {
    margin-left: 12px;
    transform: translateY(-2px) rotate(45deg);
  }
`;
