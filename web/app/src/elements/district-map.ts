// The map: the engine's canvas, the names above it, and the few controls a map needs.

import { html, nothing, type PropertyValues } from 'lit';
import { customElement, query, state } from 'lit/decorators.js';
import type { Level } from '../api/types.ts';
import { createMap, MapTroubleError, type MapTrouble } from '../engine/load.ts';
import type { MapHandle, MapView, TableSink } from '../engine/handle.ts';
import { LabelLayer } from '../map/label-layer.ts';
import type { MapOverlay } from '../map/overlay.ts';
import { FIT_PADDING_PX, Pilot } from '../map/pilot.ts';
import { projectionFrom, zoomOf, type Projection } from '../map/projection.ts';
import { metresPerPixel } from '../map/scale.ts';
import { hashFromView, viewFromHash } from '../map/view-address.ts';
import { pathTo, type Area } from '../store/area-tree.ts';
import type { FrameLoop } from '../store/frame-loop.ts';
import type { Topic } from '../store/topics.ts';
import { baseStyles } from '../theme/base-styles.ts';
import { levelFilledAt } from '../theme/palette.ts';
import { compassIcon, minusIcon, plusIcon, wholeIcon } from './icons.ts';
import { mapStyles } from './district-map-styles.ts';
import { troubleWords } from './map-trouble.ts';
import { StoreElement } from './store-element.ts';
import './map-legend.ts';
import './scale-bar.ts';
import type { MapLegend } from './map-legend.ts';

const SHAPES = '/shapes/{version}/{layers}/{z}/{x}/{y}';
/** A pointer that moved further than this between down and up has dragged, not clicked. */
const CLICK_PX = 5;
/** A map that has not moved for so long is at rest. */
const REST_MS = 400;
/** From this zoom on the names of communities and grids may all be out of sight. */
const NAMES_OUT_OF_SIGHT = 14.6;
/** An engine that lost so many devices before it drew anything will not draw. */
const HOPELESS_LOSSES = 8;

@customElement('district-map')
export class DistrictMap extends StoreElement {
  static override readonly styles = [baseStyles, mapStyles];

  protected override readonly topics: readonly Topic[] = ['district', 'selection'];

  /** Set by the page before the map is connected. */
  frames!: FrameLoop;
  /** Something of a page's own above the map; then it gets the clicks, and no share stands under a name. */
  overlay: MapOverlay | undefined;
  /** What of the map the store feeds. */
  sinkOf: (map: MapHandle) => TableSink = (map) => map;

  @state() private trouble: MapTrouble | undefined;
  @state() private drawing = false;
  @state() private metresPerPx = 0;
  /** How the map is turned, degrees. */
  @state() private bearing = 0;
  @state() private levelFilled: Level | undefined;
  /** Smallest area under the middle of the map once it rests, when its name may be out of sight. */
  @state() private middle: Area | undefined;
  @query('#map') private canvas!: HTMLCanvasElement;
  @query('#labels') private labelCanvas!: HTMLCanvasElement;
  @query('#overlay') private overlayCanvas!: HTMLCanvasElement | null;
  @query('map-legend') private legend!: MapLegend | null;

  #map: MapHandle | undefined;
  #labels: LabelLayer | undefined;
  #creating = false;
  #pilot: Pilot | undefined;
  #removePainter: (() => void) | undefined;
  #stopFollowing: (() => void) | undefined;
  #size = new ResizeObserver(() => this.#resize());
  #down: [number, number] = [0, 0];
  #drawnView = '';
  #labelsChanged = true;
  #rest: ReturnType<typeof setTimeout> | undefined;

  /** The engine's handle; undefined while there is no map. */
  get engine(): MapHandle | undefined {
    return this.#map;
  }

  /** The canvas the engine draws on. */
  get surface(): HTMLCanvasElement {
    return this.canvas;
  }

  toggleLegend(): void {
    if (this.legend !== null) this.legend.open = !this.legend.open;
  }

  zoomBy(dz: number): void {
    const { width, height } = this.getBoundingClientRect();
    this.endFlight();
    this.#map?.zoomBy(dz, width / 2, height / 2);
    this.frames.wake();
  }

  northUp(): void {
    this.endFlight();
    this.#map?.northUp();
    this.frames.wake();
  }

  override render() {
    const { words, store } = this;
    return html`
      <canvas
        id="map"
        tabindex=${this.trouble === undefined ? 0 : -1}
        role="application"
        aria-label=${words.map}
        aria-describedby="keys"
        @pointerdown=${this.onPointerDown}
        @wheel=${this.endFlight}
        @click=${this.onClick}
        @keydown=${this.onKey}
      ></canvas>
      <span id="keys" class="unseen">${words.mapKeys}</span>
      ${this.overlay === undefined ? nothing : html`<canvas id="overlay" aria-hidden="true"></canvas>`}
      <canvas id="labels" aria-hidden="true"></canvas>
      <div class="cross" aria-hidden="true"></div>
      ${this.trouble === undefined
        ? html`
            ${this.drawing ? nothing : html`<p class="waiting muted" role="status">${words.mapLoading}</p>`}
            ${this.middlePath()}
            <div class="zoom">
              <button type="button" aria-label=${words.zoomIn} title="${words.zoomIn} (+)" @click=${() => this.zoomBy(1)}>
                ${plusIcon}
              </button>
              <button type="button" aria-label=${words.zoomOut} title="${words.zoomOut} (−)" @click=${() => this.zoomBy(-1)}>
                ${minusIcon}
              </button>
              <button
                type="button"
                aria-label=${words.wholeDistrict}
                title="${words.wholeDistrict} (0)"
                @click=${() => store.flyToDistrict()}
              >
                ${wholeIcon}
              </button>
              ${this.compass()}
            </div>
            <div class="legend">
              <slot name="legend">
                <map-legend .store=${store} .level=${this.levelFilled} .open=${matchMedia('(min-width: 720px)').matches}></map-legend>
              </slot>
            </div>
            <scale-bar .metresPerPx=${this.metresPerPx} .speech=${this.speech}></scale-bar>
          `
        : troubleWords(this.trouble, words, () => this.drawAgain())}
    `;
  }

  /** The way back to north, while something else is up. */
  private compass() {
    if (this.bearing === 0) return nothing;
    const { northUp } = this.words;
    return html`<button id="compass" type="button" aria-label=${northUp} title="${northUp} (N)" @click=${() => this.northUp()}>
      ${compassIcon(this.bearing)}
    </button>`;
  }

  /** Where one is, when no name may be in sight. */
  private middlePath() {
    const path = this.middle === undefined ? [] : pathTo(this.middle).slice(1);
    if (path.length === 0) return nothing;
    return html`<p class="middle" role="status">
      <span class="unseen">${this.words.middleOfMap}</span>
      ${path.map((area) => html`<span>${area.name}</span> `)}
    </p>`;
  }

  override firstUpdated(): void {
    this.#labels = new LabelLayer(this.labelCanvas);
    if (this.overlayCanvas !== null) this.overlay?.attach(this.overlayCanvas, () => this.frames.wake());
    this.#size.observe(this);
    this.#removePainter = this.frames.add((nowMs) => this.#paint(nowMs));
    const unfollow = [
      this.store.subscribe(['district', 'settings'], () => this.#relabel()),
      this.store.subscribe(['figures'], () => (this.#labelsChanged = true)),
    ];
    this.#stopFollowing = () => unfollow.forEach((stop) => stop());
    void document.fonts.ready.then(() => this.#relabel());
    void this.#create();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#size.disconnect();
    this.#removePainter?.();
    this.#stopFollowing?.();
    this.#letGo();
  }

  override updated(changed: PropertyValues): void {
    super.updated(changed);
    this.#showSelection();
    if (this.trouble === undefined) void this.#create();
  }

  private drawAgain(): void {
    this.trouble = undefined;
  }

  async #create(): Promise<void> {
    const { district } = this.store;
    if (this.#map !== undefined || this.#creating || district === undefined) return;
    this.#creating = true;
    try {
      const { bounds } = district.catalog;
      const map = await createMap(this.canvas, { shapes: SHAPES, version: district.shapesVersion, bounds });
      this.#map = map;
      map.onWake(() => this.frames.wake());
      map.setReducedMotion(prefersCalm());
      this.#resize();
      const kept = viewFromHash(location.hash);
      if (kept === undefined) map.fitBounds(district.tree.root?.bbox ?? bounds, FIT_PADDING_PX);
      else map.setView(kept);
      const pilot = new Pilot(map);
      this.#pilot = pilot;
      this.store.attachEngine(this.sinkOf(map), (destination) => {
        pilot.flyTo(destination, this.#projection(map), this.getBoundingClientRect().width, prefersCalm());
        this.frames.wake();
      });
      const version = this.store.district?.shapesVersion;
      if (version !== undefined && version !== district.shapesVersion) map.setShapesVersion(version);
      this.#showSelection();
      this.store.setMapDrawn(true);
    } catch (error) {
      this.#fail(error instanceof MapTroubleError ? error.trouble : 'failed', error);
    } finally {
      this.#creating = false;
    }
  }

  #fail(trouble: MapTrouble, error: unknown): void {
    // A browser without WebGPU is told in words; only what should not happen is an error.
    if (trouble === 'failed') console.error(error);
    this.#letGo();
    this.trouble = trouble;
    this.drawing = false;
    this.store.setMapDrawn(false);
  }

  #letGo(): void {
    const map = this.#map;
    this.#map = undefined;
    this.#pilot = undefined;
    if (map === undefined) return;
    this.store.attachEngine(undefined);
    try {
      map.free();
    } catch (error) {
      // An engine that stopped in the middle of a call cannot be freed; it goes with the page.
      console.error(error);
    }
  }

  /** One frame: where the map looks, what the engine draws, the names above it. */
  #paint(nowMs: number): boolean {
    const map = this.#map;
    if (map === undefined) return false;
    try {
      const flying = this.#pilot?.step(nowMs) ?? false;
      const more = map.frame(nowMs);
      if (!this.drawing) this.#look(map);
      const fading = this.#paintLabels(map, nowMs);
      return flying || more || fading;
    } catch (error) {
      this.#fail('failed', error);
      return false;
    }
  }

  /** Sees whether the map is there by now, or never will be. */
  #look(map: MapHandle): void {
    const { tiles_visible, complete, devices_lost } = map.stats();
    this.drawing = tiles_visible > 0 || complete;
    if (!this.drawing && devices_lost >= HOPELESS_LOSSES) throw new Error(`${devices_lost} graphics devices were lost`);
  }

  #paintLabels(map: MapHandle, nowMs: number): boolean {
    const view = map.view();
    const key = `${view.lon} ${view.lat} ${view.zoom} ${view.bearing}`;
    const stale = this.overlay?.isStale === true;
    if (key === this.#drawnView && !this.#labelsChanged && !stale) return false;
    const moved = key !== this.#drawnView;
    this.#drawnView = key;
    const projection = this.#projection(map);
    this.bearing = Math.round((view.bearing ?? 0) * 10) / 10;
    this.metresPerPx = metresPerPixel(projection.worldWidthPx, view.lat);
    this.levelFilled = this.overlay === undefined ? levelFilledAt(this.store.palette, zoomOf(projection)) : undefined;
    if (moved || stale) this.overlay?.draw(projection);
    if (moved) this.#whenAtRest(map, view);
    this.#labelsChanged = this.#labels?.draw(projection, nowMs, prefersCalm(), (area) => this.#figureUnder(area)) ?? false;
    return this.#labelsChanged;
  }

  /** The share of areas that are filled: what the colour says, in figures. */
  #figureUnder(area: Area): string {
    const { store } = this;
    const share = area.level === this.levelFilled ? store.figuresOf(area)?.reachedShare : undefined;
    return share === undefined ? '' : store.speech.roughShare(share);
  }

  #projection(map: MapHandle): Projection {
    return projectionFrom(map.screenAffine());
  }

  #relabel(): void {
    this.#labels?.setAreas(this.store.district?.tree.all() ?? []);
    this.#labels?.repaint();
    this.#labelsChanged = true;
    this.frames.wake();
  }

  #resize(): void {
    const { width, height } = this.getBoundingClientRect();
    if (width === 0 || height === 0) return;
    this.#map?.resize(width, height, devicePixelRatio);
    this.#labels?.resize(width, height, devicePixelRatio);
    this.overlay?.resize(width, height, devicePixelRatio);
    this.#labelsChanged = true;
    this.frames.wake();
  }

  #showSelection(): void {
    const { selection } = this.store.chosen;
    if (selection.kind === 'area') this.#map?.selectArea(selection.area.slot);
    else if (selection.kind === 'doors') this.#map?.selectDoor(selection.slots[selection.index] ?? 0);
    else this.#map?.selectNothing();
    this.frames.wake();
  }

  private endFlight(): void {
    this.#pilot?.stop();
  }

  private onPointerDown(event: PointerEvent): void {
    this.#down = [event.clientX, event.clientY];
    this.endFlight();
  }

  private onClick(event: MouseEvent): void {
    if (Math.hypot(event.clientX - this.#down[0], event.clientY - this.#down[1]) > CLICK_PX) return;
    const corner = this.canvas.getBoundingClientRect();
    this.#pick(event.clientX - corner.left, event.clientY - corner.top);
  }

  private onKey(event: KeyboardEvent): void {
    if (event.key === 'Enter' || event.key === ' ') {
      event.preventDefault();
      const { width, height } = this.getBoundingClientRect();
      this.#pick(width / 2, height / 2);
    } else if (event.key.startsWith('Arrow') || event.key.toLowerCase() === 'n') {
      this.endFlight();
    }
  }

  /** Looks at the door there, else at the area of the level that is filled; a block's figures are seen in its grid. */
  #pick(x: number, y: number): void {
    const { store } = this;
    if (this.overlay !== undefined) return this.overlay.click(x, y);
    const picked = this.#map?.pick(x, y);
    if (picked === undefined) return;
    if (picked.doors.length > 0) return store.chosen.doors(picked.doors);
    const areas = picked.areas.filter((each) => each.level !== 'block');
    const found = areas.find((each) => each.level === this.levelFilled) ?? areas[0];
    const area = found === undefined ? undefined : store.district?.tree.bySlot(found.slot);
    if (area === undefined || area.parent === undefined) store.chosen.nothing();
    else store.chosen.area(area);
  }

  /** Once the map rests: its address is kept, and what lies in its middle is named. */
  #whenAtRest(map: MapHandle, view: MapView): void {
    clearTimeout(this.#rest);
    this.#rest = setTimeout(() => {
      if (map !== this.#map) return;
      history.replaceState(null, '', hashFromView(view));
      this.middle = undefined;
      if (zoomOf(this.#projection(map)) < NAMES_OUT_OF_SIGHT) return;
      const { width, height } = this.getBoundingClientRect();
      const smallest = this.levelFilled === 'block' ? undefined : 'block';
      const found = map.pick(width / 2, height / 2).areas.find(({ level }) => level !== smallest);
      this.middle = found === undefined ? undefined : this.store.district?.tree.bySlot(found.slot);
    }, REST_MS);
  }
}

function prefersCalm(): boolean {
  return matchMedia('(prefers-reduced-motion: reduce)').matches;
}
