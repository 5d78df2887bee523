// How the page at `/admin/import` is laid out.

import { css } from 'lit';

export const importPageStyles = css`
  :host {
    display: grid;
    grid-template:
      'head head' auto
      'panel map' minmax(0, 1fr)
      / 528px minmax(0, 1fr);
    height: 100dvh;
  }

  admin-header {
    grid-area: head;
  }

  main {
    grid-area: panel;
    display: flex;
    flex-direction: column;
    min-width: 0;
    min-height: 0;
    background: var(--panel);
    border-right: 1px solid var(--hairline);
  }

  .content {
    flex: 1;
    min-height: 0;
    overflow-y: auto;
    scrollbar-width: thin;
    scrollbar-color: var(--outline) transparent;
  }

  import-progress {
    border-bottom: 1px solid var(--hairline);
  }

  import-decision {
    flex: none;
  }

  .map {
    grid-area: map;
    position: relative;
    min-width: 0;
    min-height: 0;
  }

  district-map {
    width: 100%;
    height: 100%;
  }

  .over::after {
    content: '';
    position: fixed;
    inset: 0;
    z-index: 3;
    border: 3px solid var(--accent);
    background: var(--accent-tint);
    pointer-events: none;
  }

  /* Beside the legend and above the scale bar. */
  change-callout {
    position: absolute;
    right: 12px;
    bottom: 44px;
    left: 224px;
    z-index: 1;
    display: flex;
    justify-content: flex-end;
    pointer-events: none;
  }

  /* Without a map the lists have the room. */
  :host([no-map]) {
    grid-template-columns: minmax(0, 1fr) 320px;
  }

  @media (max-width: 1023px) {
    :host,
    :host([no-map]) {
      grid-template-columns: minmax(0, 1.1fr) minmax(0, 1fr);
    }
  }

  @media (max-width: 719px) {
    :host,
    :host([no-map]) {
      display: flex;
      flex-direction: column;
      height: auto;
      min-height: 100dvh;
    }

    main {
      display: contents;
    }

    .content {
      order: 2;
      overflow: visible;
      background: var(--panel);
    }

    .map {
      order: 1;
      flex: none;
      height: 42dvh;
      border-bottom: 1px solid var(--hairline);
    }

    /* The legend is folded here. */
    change-callout {
      left: 12px;
      bottom: 56px;
      justify-content: center;
    }

    :host([choosing]) .map {
      display: none;
    }

    import-decision {
      order: 3;
      position: sticky;
      bottom: 0;
      z-index: 2;
    }
  }
`;
