// The store: everything the pages show, fed by the server and handed on to the engine. Elements read it and ask it to act.

import { ServerRefusal, type ServerClient } from '../api/client.ts';
import type { Level } from '../api/types.ts';
import type { TableSink } from '../engine/handle.ts';
import type { Palette } from '../theme/palette.ts';
import { speechIn, type Speech } from '../text/index.ts';
import { Activity } from './activity.ts';
import type { Area } from './area-tree.ts';
import { Chosen, type ListedDoor } from './chosen.ts';
import { loadDistrict, loadTables, type DistrictData, type RoundTables } from './district-loader.ts';
import { figuresFromCounts, type Figures } from './figures.ts';
import { Freshness } from './freshness.ts';
import { Inbox } from './inbox.ts';
import type { ImportProgress, LiveMessage } from './live-message.ts';
import { pause } from './pause.ts';
import { Settings } from './settings.ts';
import { doorFactsFromByte, type DoorFacts } from './state-table.ts';
import { LiveStream, type StreamWorld } from './stream.ts';
import { StyleSource } from './style-source.ts';
import { Topics, type Topic } from './topics.ts';

/** A break of the stream shorter than this heals in silence. */
const LOST_AFTER_MS = 3000;

/** What the loading of the district came to. */
export type Readiness = { kind: 'loading' } | { kind: 'failed'; said: string | undefined } | { kind: 'ready' };

/** How a person should take the connection; `lost` is to be said loudly, with how long ago the last word was. */
export type Connection = { kind: 'connecting' } | { kind: 'live' } | { kind: 'lost'; silentMs: number | undefined };

/** Where somebody asked the map to go. */
export type Destination = { bounds: readonly [number, number, number, number] } | { at: readonly [number, number] };

/** The one store of the pages. */
export class Store {
  readonly settings: Settings;
  readonly activity = new Activity();
  readonly chosen: Chosen;
  readiness: Readiness = { kind: 'loading' };
  district: DistrictData | undefined;
  scope: Area | undefined;
  level: Level = 'subdistrict';
  /** Whether a map is being drawn; `undefined` while that is being found out. */
  mapDrawn: boolean | undefined;
  /** Hears how far imports are; set by whoever shows them. */
  hearImport: (progress: ImportProgress) => void = () => undefined;

  readonly #client: ServerClient;
  readonly #world: StreamWorld;
  readonly #topics = new Topics();
  readonly #inbox = new Inbox();
  readonly #stream: LiveStream;
  #freshness = new Freshness();
  #wakeFrame: () => void = () => undefined;
  #flyTo: (destination: Destination) => void = () => undefined;
  #sink: TableSink | undefined;
  readonly #style: StyleSource;
  #wantedRound: string | undefined;
  #lastChangeAt = '';
  /** Number of the load that counts; an answer to an older one is dropped. */
  #load = 0;

  constructor(client: ServerClient, world: StreamWorld) {
    this.#client = client;
    this.#world = world;
    this.chosen = new Chosen(client, this);
    this.settings = new Settings(() => {
      void this.#style.follow(this.settings);
      this.notify('settings');
    });
    this.#style = new StyleSource(client, world, (style) => this.#takeStyle(style));
    this.#stream = new LiveStream(
      world,
      (message) => this.#hear(message),
      () => this.notify('stream'),
    );
  }

  // ── listening ────────────────────────────────────────────────────────────────────────────────────────────────────

  subscribe(topics: readonly Topic[], listener: () => void): () => void {
    return this.#topics.subscribe(topics, listener);
  }

  notify(...topics: Topic[]): void {
    this.#topics.notify(...topics);
  }

  get speech(): Speech {
    return speechIn(this.settings.language);
  }

  connection(): Connection {
    if (this.district === undefined) {
      return this.readiness.kind === 'failed' ? { kind: 'lost', silentMs: undefined } : { kind: 'connecting' };
    }
    const { status } = this.#stream;
    if (status.kind === 'lost') {
      const silentMs = this.#world.nowMs() - status.sinceMs;
      if (silentMs > LOST_AFTER_MS) return { kind: 'lost', silentMs };
    }
    return { kind: this.dataAgeMs() === undefined ? 'connecting' : 'live' };
  }

  /** Age of the newest data in milliseconds; undefined before any was heard of. */
  dataAgeMs(): number | undefined {
    return this.#freshness.ageMs(this.#world.nowMs());
  }

  nowMs(): number {
    return this.#world.nowMs();
  }

  get tables(): RoundTables | undefined {
    return this.district?.tables;
  }

  get roundId(): string | undefined {
    return this.tables?.roundId;
  }

  figuresOf(area: Area): Figures | undefined {
    return this.tables?.counts.get(area.slot);
  }

  /** Figures of all doors of the round shown, those in no grid included. */
  get total(): Figures | undefined {
    return this.tables?.total;
  }

  /** What the byte of a door says in the round shown. */
  doorFacts(slot: number): DoorFacts | undefined {
    const byte = this.tables?.doors.rows[slot];
    return byte === undefined ? undefined : doorFactsFromByte(byte);
  }

  // ── starting and going on ────────────────────────────────────────────────────────────────────────────────────────

  /** Loads everything, then listens; tries again until the server answers. `wakeFrame` is called when a frame is due. */
  start(round: string | undefined, wakeFrame: () => void): void {
    this.#wantedRound = round;
    this.#wakeFrame = wakeFrame;
    void this.#style.follow(this.settings);
    void this.#loadAll();
  }

  /** Tries the stream at once: the network came back, or the page is looked at again. */
  hurry(): void {
    this.#stream.hurry();
  }

  async chooseRound(round: string): Promise<void> {
    this.#wantedRound = round;
    await this.#reloadTables();
  }

  async #loadAll(): Promise<void> {
    const load = ++this.#load;
    for (let failures = 0; load === this.#load; failures += 1) {
      try {
        const district = await loadDistrict(this.#client, this.#wantedRound);
        if (load !== this.#load) return;
        this.#take(district);
        return;
      } catch (error) {
        if (load !== this.#load) return;
        if (this.district === undefined) {
          this.readiness = { kind: 'failed', said: error instanceof ServerRefusal ? error.message : undefined };
          this.notify('district', 'stream');
        }
        await pause(this.#world, failures);
      }
    }
  }

  async #reloadTables(): Promise<void> {
    const load = ++this.#load;
    for (let failures = 0; load === this.#load; failures += 1) {
      try {
        const tables = await loadTables(this.#client, this.#wantedRound);
        if (load !== this.#load || this.district === undefined) return;
        const current = tables === undefined || tables.areas.shapesVersion === this.district.shapesVersion;
        if (!current) return void this.#loadAll();
        this.#take({ ...this.district, tables });
        return;
      } catch {
        if (load === this.#load) await pause(this.#world, failures);
      }
    }
  }

  #take(district: DistrictData): void {
    const before = this.district;
    this.district = district;
    this.readiness = { kind: 'ready' };
    this.#inbox.clear();
    if (before?.tables?.roundId !== district.tables?.roundId) this.activity.clear();
    this.#keepPlace(district);
    if (before !== undefined && before.shapesVersion !== district.shapesVersion) {
      this.#sink?.setShapesVersion(district.shapesVersion);
    }
    this.#feedTables();
    this.#stream.start(district.tables?.since ?? '');
    void this.chosen.loadDoor();
    this.notify('district', 'figures', 'scope', 'selection', 'activity');
    this.#wakeFrame();
  }

  /** Finds the scope and the selection again among areas that may have been loaded anew. */
  #keepPlace(district: DistrictData): void {
    const { tree } = district;
    const scope = this.scope === undefined ? tree.root : (tree.byCode(this.scope.code) ?? tree.root);
    this.scope = scope;
    const levels = scope === undefined ? [] : tree.levelsWithin(scope);
    if (!levels.includes(this.level)) this.level = levels[0] ?? 'grid';
    this.chosen.keep(tree);
  }

  // ── the stream ───────────────────────────────────────────────────────────────────────────────────────────────────

  #hear(message: LiveMessage): void {
    switch (message.type) {
      case 'hello':
        this.#freshness.hello(this.#world.nowMs());
        if (this.district !== undefined && message.shapesVersion !== this.district.shapesVersion) void this.#loadAll();
        break;
      case 'beat':
        this.#freshness.beat(message.at, this.#world.nowMs());
        break;
      case 'change': {
        this.#freshness.change(message.at, this.#world.nowMs());
        this.#lastChangeAt = message.at;
        const change = this.roundId === undefined ? undefined : message.rounds[this.roundId];
        if (change !== undefined) {
          this.#inbox.add(change);
          this.#wakeFrame();
        }
        if (message.roundsListed) void this.#refreshCatalog();
        break;
      }
      case 'shapes':
        void this.#loadAll();
        break;
      case 'import':
        this.hearImport(message.progress);
        break;
      case 'reset':
        // A clock of another life of the server says nothing about this one.
        this.#freshness = new Freshness();
        void this.#loadAll();
        break;
    }
  }

  /** Takes what came since the last frame: tables, figures, league and engine move together. */
  takeChanges(): void {
    const batch = this.#inbox.take();
    const { tables, district } = this;
    if (batch === undefined || tables === undefined || district === undefined) return;
    const { rows } = tables.doors;
    let doorMoved = false;
    const shown = this.chosen.doorSlot;
    for (let at = 0; at < batch.doors.length; at += 2) {
      const slot = batch.doors[at] ?? 0;
      if (slot < rows.length) rows[slot] = batch.doors[at + 1] ?? 0;
      doorMoved ||= slot === shown;
    }
    const moved: { slot: number; before: Figures; after: Figures }[] = [];
    for (let at = 0; at < batch.areas.length; at += 4) {
      const slot = batch.areas[at] ?? 0;
      const before = tables.counts.get(slot);
      tables.counts.set(slot, batch.areas[at + 1] ?? 0, batch.areas[at + 2] ?? 0, batch.areas[at + 3] ?? 0);
      const after = tables.counts.get(slot);
      if (before !== undefined && after !== undefined && district.tree.bySlot(slot)?.level === 'grid') {
        moved.push({ slot, before, after });
      }
    }
    if (batch.total !== undefined) tables.total = figuresFromCounts(...batch.total);
    if (batch.unassigned !== undefined) tables.unassigned = figuresFromCounts(...batch.unassigned);
    this.#sink?.applyChanges(batch.doors, batch.areas);
    const news = this.activity.add(this.#lastChangeAt, moved);
    if (doorMoved) void this.chosen.loadDoor();
    this.notify('figures', ...(news ? (['activity'] as const) : []), ...(doorMoved ? (['selection'] as const) : []));
  }

  async #refreshCatalog(): Promise<void> {
    try {
      const catalog = await this.#client.catalog();
      if (this.district === undefined) return;
      this.district = { ...this.district, catalog };
      // The first round of all brings the first tables.
      if (this.district.tables === undefined) await this.#reloadTables();
      this.notify('district');
    } catch {
      // The list of rounds stays as it was until the next change of it.
    }
  }

  // ── the engine ───────────────────────────────────────────────────────────────────────────────────────────────────

  /** Feeds an engine from now on; with none, only the figures go on. */
  attachEngine(sink: TableSink | undefined, flyTo: (destination: Destination) => void = () => undefined): void {
    this.#sink = sink;
    this.#flyTo = flyTo;
    if (this.#style.style !== undefined) sink?.setStyle(this.#style.style);
    this.#feedTables();
    this.#wakeFrame();
  }

  setMapDrawn(drawn: boolean): void {
    this.mapDrawn = drawn;
    this.notify('map');
  }

  get palette(): Palette {
    return this.#style.palette;
  }

  #takeStyle(style: unknown): void {
    this.#sink?.setStyle(style);
    this.notify('settings', 'figures');
    this.#wakeFrame();
  }

  #feedTables(): void {
    const { tables } = this;
    if (this.#sink === undefined || tables === undefined) return;
    this.#sink.setDoorStates(tables.doors.body);
    this.#sink.setAreaCounts(tables.areas.body);
  }

  // ── what somebody does ───────────────────────────────────────────────────────────────────────────────────────────

  /** Shows the areas inside an area, at its next level below unless another is named. */
  openScope(area: Area, level?: Level): void {
    const levels = this.district?.tree.levelsWithin(area) ?? [];
    const next = level ?? levels[0];
    if (next === undefined) return;
    this.scope = area;
    this.level = next;
    this.notify('scope');
  }

  setLevel(level: Level): void {
    this.level = level;
    this.notify('scope');
  }

  /** A row of the league, a crumb or a worst area was chosen: fly there, look at it, go one level down. */
  goToArea(area: Area): void {
    this.#flyTo({ bounds: area.bbox });
    if (area.parent === undefined) this.chosen.nothing();
    else this.chosen.area(area);
    this.openScope(area);
  }

  flyTo(destination: Destination): void {
    this.#flyTo(destination);
  }

  flyToArea(area: Area): void {
    this.#flyTo({ bounds: area.bbox });
  }

  /** Looks at a door of a list, and goes there. */
  goToDoor({ door, at }: ListedDoor): void {
    if (at !== undefined) this.#flyTo({ at });
    this.chosen.doors([door.slot]);
  }

  flyToDistrict(): void {
    const bounds = this.district?.tree.root?.bbox ?? this.district?.catalog.bounds;
    if (bounds !== undefined) this.#flyTo({ bounds });
  }
}
