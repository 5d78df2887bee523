// How the map and its controls look.

import { css } from 'lit';

export const mapStyles = css`
  :host {
    display: block;
    position: relative;
    overflow: hidden;
    background: var(--land);
    contain: strict;
  }

  canvas {
    position: absolute;
    inset: 0;
    width: 100%;
    height: 100%;
  }

  #map {
    touch-action: none;
    cursor: grab;
  }

  #map:active {
    cursor: grabbing;
  }

  #overlay {
    pointer-events: none;
  }

  #labels {
    pointer-events: none;
    /* The names' colour and their halo's, read by the label layer. */
    color: var(--label);
    outline: 0 solid var(--halo);
    font-family: var(--font);
  }

  .cross {
    position: absolute;
    left: 50%;
    top: 50%;
    width: 24px;
    height: 24px;
    margin: -12px;
    pointer-events: none;
    visibility: hidden;
    background:
      linear-gradient(var(--accent) 0 0) center / 24px 2px no-repeat,
      linear-gradient(var(--accent) 0 0) center / 2px 24px no-repeat;
  }

  #map:focus-visible ~ .cross {
    visibility: visible;
  }

  #map:focus-visible {
    outline-offset: -3px;
    outline-width: 3px;
  }

  .zoom {
    position: absolute;
    top: 12px;
    right: 12px;
    display: flex;
    flex-direction: column;
    border-radius: var(--radius);
    background: var(--panel);
    box-shadow: var(--shadow);
  }

  .zoom button {
    width: max(36px, var(--touch));
    height: max(36px, var(--touch));
    padding: 0;
  }

  .zoom button + button {
    box-shadow: 0 -1px 0 var(--hairline);
  }

  .legend {
    position: absolute;
    left: 12px;
    bottom: 12px;
  }

  scale-bar {
    position: absolute;
    right: 12px;
    bottom: 12px;
  }

  @media print {
    .zoom {
      display: none;
    }
  }

  .middle {
    position: absolute;
    top: 12px;
    left: 12px;
    max-width: calc(100% - 84px);
    padding: 4px 12px;
    border-radius: var(--radius);
    background: var(--panel);
    box-shadow: var(--shadow);
    font-size: var(--text-12);
    pointer-events: none;
  }

  .middle span + span:not(:nth-child(2))::before {
    content: '› ';
    color: var(--ink-muted);
  }

  .waiting {
    position: absolute;
    inset: 0;
    display: grid;
    place-items: center;
    pointer-events: none;
  }

  .trouble {
    position: absolute;
    inset: 0;
    display: flex;
    flex-direction: column;
    align-items: center;
    justify-content: center;
    gap: 8px;
    padding: 16px;
    text-align: center;
    background: var(--sunken);
  }

  .trouble p {
    max-width: 52ch;
  }

  .what {
    display: flex;
    align-items: center;
    gap: 8px;
    font-size: var(--text-16);
    font-weight: 600;
  }

  .primary {
    min-height: 36px;
    padding: 0 16px;
    background: var(--accent);
    color: var(--on-accent);
  }

  .primary:hover {
    background: var(--accent);
    text-decoration: underline;
  }
`;
