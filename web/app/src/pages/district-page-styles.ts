// How the page at `/` is laid out.

import { css } from 'lit';

export const pageStyles = css`
  :host {
    display: grid;
    grid-template:
      'strip strip strip' auto
      'league map side' minmax(0, 1fr)
      / 344px minmax(0, 1fr) 304px;
    height: 100dvh;
  }

  figure-strip {
    grid-area: strip;
  }

  area-league {
    grid-area: league;
    border-right: 1px solid var(--hairline);
  }

  main {
    grid-area: map;
    min-width: 0;
    min-height: 0;
  }

  district-map {
    width: 100%;
    height: 100%;
  }

  aside {
    grid-area: side;
    display: flex;
    flex-direction: column;
    min-height: 0;
    border-left: 1px solid var(--hairline);
    background: var(--panel);
  }

  facts-panel {
    flex: 0 1 auto;
    min-height: 0;
  }

  activity-feed {
    flex: 1 1 200px;
    min-height: 160px;
    border-top: 1px solid var(--hairline);
  }

  .skip {
    position: absolute;
    left: 8px;
    top: -60px;
    z-index: 3;
    background: var(--accent);
    color: var(--on-accent);
  }

  .skip:focus {
    top: 8px;
  }

  .silent {
    position: fixed;
    left: 50%;
    top: 50%;
    z-index: 2;
    width: min(420px, calc(100vw - 32px));
    padding: 16px;
    transform: translate(-50%, -50%);
    border-radius: var(--radius);
    background: var(--panel);
    box-shadow: var(--shadow);
    border-left: 4px solid var(--alarm);
  }

  .silent h2 {
    font-size: var(--text-16);
    font-weight: 600;
  }

  /* Without a map the list is the page. */
  :host([no-map]) {
    grid-template:
      'strip strip strip' auto
      'map map side' 152px
      'league league side' minmax(0, 1fr)
      / 344px minmax(0, 1fr) 304px;
  }

  @media (max-width: 1023px) {
    :host,
    :host([no-map]) {
      grid-template:
        'strip strip' auto
        'map map' minmax(280px, 55%)
        'league side' minmax(0, 1fr)
        / minmax(0, 1.1fr) minmax(0, 1fr);
    }

    :host([no-map]) {
      grid-template-rows: auto 152px minmax(0, 1fr);
    }
  }

  @media print {
    :host {
      display: block !important;
      height: auto !important;
    }

    main {
      height: 120mm !important;
      break-inside: avoid;
    }

    :host([no-map]) main,
    activity-feed,
    .skip {
      display: none !important;
    }
  }

  @media (max-width: 719px) {
    :host,
    :host([no-map]) {
      display: flex;
      flex-direction: column;
      height: auto;
    }

    main {
      position: sticky;
      top: 0;
      z-index: 2;
      height: 55dvh;
      border-bottom: 1px solid var(--hairline);
    }

    :host([no-map]) main {
      position: static;
      height: 176px;
    }

    aside {
      display: contents;
    }

    facts-panel,
    area-league,
    activity-feed {
      order: 1;
      flex: none;
      border: 0;
      border-bottom: 1px solid var(--hairline);
    }

    area-league {
      order: 2;
    }

    activity-feed {
      order: 3;
    }
  }
`;
