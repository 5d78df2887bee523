// The import desk: files on their way in, from the choice of a file to the rows in the district. Elements read it and ask it to act.

import { ServerRefusal } from '../api/client.ts';
import type { ImportClient, Sending } from '../api/imports.ts';
import type { ImportJob, ImportOptions } from '../api/import-types.ts';
import { mercatorFromLonLat } from '../map/projection.ts';
import { ChangeSet, CHANGES, type Bounds, type Change, type ChangedFeature, type Spot } from './change-set.ts';
import type { Fetched } from './chosen.ts';
import { guessKind, headText, type ImportKind } from './import-kind.ts';
import { verdictOf } from './import-verdict.ts';
import type { ImportProgress } from './live-message.ts';
import type { Destination } from './store.ts';
import type { StreamWorld } from './stream.ts';
import type { Topic } from './topics.ts';

/** Bytes of the first file that are looked at to guess what it holds. */
const HEAD_BYTES = 65_536;
/** A job that works is asked about this often, the stream of its progress being lost or not. */
const ASK_EVERY_MS = 2000;
/** States in which the server works on a job. */
const WORKING: ReadonlySet<string> = new Set(['receiving', 'looking', 'taking']);

/** Nothing said about the files yet. */
const UNSAID: ImportOptions = {
  kind: '',
  crs: null,
  trust_crs: false,
  map: [],
  layer: null,
  encoding: null,
  partial: false,
  repair_m: null,
};

/** What the desk stands at. */
export type DeskStep = 'choosing' | 'sending' | 'working' | 'deciding' | 'over';

/** The part of the store the desk needs. */
export interface DeskStore {
  notify(...topics: Topic[]): void;
  flyTo(destination: Destination): void;
}

/** How much of the files is sent. */
export interface Sent {
  bytes: number;
  all: number;
}

/** One import at a time, with what a person said about it. */
export class ImportDesk {
  files: readonly File[] = [];
  /** What was said about the files; `kind` is empty until somebody or the guess says it. */
  options: ImportOptions = UNSAID;
  /** The kind the files look like. */
  guessed: ImportKind | undefined;
  job: ImportJob | undefined;
  /** The newest word on how far the job is. */
  progress: ImportProgress | undefined;
  sent: Sent | undefined;
  changes: Fetched<ChangeSet> | undefined;
  /** Sorts of change on the map and in the list. */
  shown: ReadonlySet<Change> = new Set(CHANGES);
  selected: ChangedFeature | undefined;
  /** A place that was gone to and is no change, such as where areas overlap. */
  spot: Spot | undefined;
  /** What the server said no to last, or that it was silent. */
  trouble: { said: string } | undefined;
  /** Whether an answer is waited for. */
  busy = false;
  /** Imports on the server. */
  list: Fetched<readonly ImportJob[]> | undefined;

  readonly #client: ImportClient;
  readonly #world: Pick<StreamWorld, 'after'>;
  readonly #store: DeskStore;
  #sending: Sending | undefined;
  /** Number of what is dealt with; answers about something earlier are dropped. */
  #turn = 0;
  #asking = false;
  #stopAsking: () => void = () => undefined;

  constructor(client: ImportClient, world: Pick<StreamWorld, 'after'>, store: DeskStore) {
    this.#client = client;
    this.#world = world;
    this.#store = store;
  }

  get step(): DeskStep {
    if (this.#sending !== undefined) return 'sending';
    if (this.job === undefined) return 'choosing';
    if (WORKING.has(this.job.state)) return 'working';
    return this.job.state === 'ready' || this.job.state === 'refused' ? 'deciding' : 'over';
  }

  get changeSet(): ChangeSet | undefined {
    return this.changes?.kind === 'here' ? this.changes.answer : undefined;
  }

  // ── choosing ─────────────────────────────────────────────────────────────────────────────────────────────────────

  /** Takes files to be sent; several are one import. Guesses what they hold. */
  async choose(files: readonly File[]): Promise<void> {
    if (files.length === 0) return;
    this.#begin();
    const turn = this.#turn;
    this.files = files;
    this.#changed();
    const names = files.map((file) => file.name);
    const text = files.find((file) => /\.(csv|tsv|txt|json|geojson|geojsonl|geojsons|ndjson)$/i.test(file.name));
    let head = '';
    try {
      if (text !== undefined) head = headText(new Uint8Array(await text.slice(0, HEAD_BYTES).arrayBuffer()));
    } catch {
      // A file that cannot be read here will say so when it is sent.
    }
    if (turn !== this.#turn) return;
    this.guessed = guessKind(names, head);
    if (this.guessed !== undefined) this.options = { ...this.options, kind: this.guessed };
    this.#changed();
  }

  /** Says something about the files. */
  say(options: Partial<ImportOptions>): void {
    this.options = { ...this.options, ...options };
    this.#changed();
  }

  /** Lets go of what is dealt with here; on the server it stays as it is. */
  startOver(): void {
    this.#begin();
    this.#changed();
    void this.refreshList();
  }

  #begin(): void {
    this.#turn += 1;
    this.#sending?.stop();
    this.#sending = undefined;
    this.#stopAsking();
    this.files = [];
    this.options = UNSAID;
    this.guessed = undefined;
    this.job = undefined;
    this.progress = undefined;
    this.sent = undefined;
    this.trouble = undefined;
    this.busy = false;
    this.#forgetChanges();
  }

  // ── sending, looking, deciding ───────────────────────────────────────────────────────────────────────────────────

  /** Sends the files to be looked at. */
  async send(): Promise<void> {
    const turn = ++this.#turn;
    this.trouble = undefined;
    this.sent = { bytes: 0, all: this.files.reduce((sum, file) => sum + file.size, 0) };
    const sending = this.#client.send(this.options, this.files, (bytes, all) => {
      if (turn !== this.#turn) return;
      this.sent = { bytes, all };
      this.#changed();
    });
    this.#sending = sending;
    this.#changed();
    try {
      const job = await sending.answer;
      if (turn !== this.#turn) return;
      this.#sending = undefined;
      this.#take(job);
    } catch (error) {
      if (turn !== this.#turn) return;
      this.#sending = undefined;
      this.sent = undefined;
      this.#fail(error);
    }
  }

  /** Opens an import that is on the server. */
  async open(id: string): Promise<void> {
    this.#begin();
    await this.#act(() => this.#client.get(id));
  }

  /** Looks at the same files again, understood another way. */
  async lookAgain(options: Partial<ImportOptions>): Promise<void> {
    const { job } = this;
    if (job === undefined) return;
    this.options = { ...job.options, ...options };
    await this.#act(() => this.#client.look(job.id, this.options));
  }

  /** Takes the rows in. When the district changed meanwhile the server looks again, and says so. */
  async confirm(): Promise<void> {
    const { job } = this;
    if (job !== undefined) await this.#act(() => this.#client.confirm(job.id));
  }

  /** Takes the import back; nothing of it comes in. */
  async cancel(): Promise<void> {
    if (this.#sending !== undefined) {
      this.startOver();
      return;
    }
    const { job } = this;
    if (job !== undefined) await this.#act(() => this.#client.cancel(job.id));
  }

  /** Takes back an import of the list that waits for somebody. */
  async takeBack(id: string): Promise<void> {
    try {
      await this.#client.cancel(id);
      this.trouble = undefined;
    } catch (error) {
      this.#fail(error);
    }
    await this.refreshList();
  }

  async #act(ask: () => Promise<ImportJob>): Promise<void> {
    const turn = ++this.#turn;
    this.busy = true;
    this.trouble = undefined;
    this.#changed();
    try {
      const job = await ask();
      if (turn !== this.#turn) return;
      this.busy = false;
      this.#take(job);
    } catch (error) {
      if (turn !== this.#turn) return;
      this.busy = false;
      this.#fail(error);
      // A refusal may mean that the job is elsewhere by now.
      if (this.job !== undefined) void this.#ask();
    }
  }

  /** Hears how far an import is, whichever it is. */
  hear(progress: ImportProgress): void {
    const { job } = this;
    if (job === undefined || progress.id !== job.id) return;
    this.progress = progress;
    this.#changed();
    // A state other than the one known: what belongs to it is to be read.
    if (progress.state !== job.state) void this.#ask();
  }

  #take(job: ImportJob): void {
    const before = this.job;
    this.job = job;
    this.options = { ...job.options };
    if (this.progress?.id !== job.id || this.progress.state !== job.state) this.progress = undefined;
    const decided = job.plan != null && (before?.id !== job.id || before.plan == null);
    if (decided) void this.#loadChanges(job.id);
    else if (job.plan == null) this.#forgetChanges();
    this.#stopAsking();
    if (WORKING.has(job.state)) this.#stopAsking = this.#world.after(ASK_EVERY_MS, () => void this.#ask());
    this.#changed();
  }

  /** Reads the job again; tries until the server answers. */
  async #ask(): Promise<void> {
    const { job } = this;
    if (job === undefined || this.#asking) return;
    const turn = this.#turn;
    this.#asking = true;
    try {
      const now = await this.#client.get(job.id);
      this.#asking = false;
      if (turn === this.#turn) this.#take(now);
    } catch (error) {
      this.#asking = false;
      if (turn !== this.#turn) return;
      if (error instanceof ServerRefusal && error.status === 404) {
        this.#begin();
        this.#fail(error);
        return;
      }
      this.#stopAsking();
      this.#stopAsking = this.#world.after(ASK_EVERY_MS, () => void this.#ask());
    }
  }

  #fail(error: unknown): void {
    this.trouble = { said: error instanceof ServerRefusal ? error.message : '' };
    this.#changed();
  }

  // ── the list of imports ──────────────────────────────────────────────────────────────────────────────────────────

  async refreshList(): Promise<void> {
    this.list ??= { kind: 'loading' };
    try {
      this.list = { kind: 'here', answer: await this.#client.list() };
    } catch (error) {
      this.list = { kind: 'failed', said: error instanceof ServerRefusal ? error.message : '' };
    }
    this.#changed();
  }

  // ── changes on the map ───────────────────────────────────────────────────────────────────────────────────────────

  async #loadChanges(id: string): Promise<void> {
    const turn = this.#turn;
    this.#forgetChanges();
    this.changes = { kind: 'loading' };
    let changes: Fetched<ChangeSet>;
    try {
      changes = { kind: 'here', answer: new ChangeSet(await this.#client.features(id)) };
    } catch (error) {
      changes = { kind: 'failed', said: error instanceof ServerRefusal ? error.message : '' };
    }
    if (turn !== this.#turn || this.job?.id !== id) return;
    this.changes = changes;
    this.shown = this.changeSet?.telling() ?? this.shown;
    this.#changed();
  }

  #forgetChanges(): void {
    this.changes = undefined;
    this.selected = this.spot = undefined;
    this.shown = new Set(CHANGES);
  }

  /** Shows a sort of change, or hides it. */
  toggle(change: Change): void {
    const shown = new Set(this.shown);
    if (!shown.delete(change)) shown.add(change);
    this.shown = shown;
    if (this.selected !== undefined && !shown.has(this.selected.change)) this.selected = undefined;
    this.#changed();
  }

  /** Looks at a change; goes there when asked from a list. */
  select(feature: ChangedFeature | undefined, go: boolean): void {
    this.selected = feature;
    this.spot = undefined;
    if (feature !== undefined && !this.shown.has(feature.change)) this.shown = new Set([...this.shown, feature.change]);
    if (go && feature !== undefined) this.#goTo(feature);
    this.#changed();
  }

  #goTo({ at, bounds, paths }: ChangedFeature): void {
    if (paths.length > 0 && bounds !== undefined) this.#store.flyTo({ bounds });
    else if (at !== undefined) this.#store.flyTo({ at });
  }

  /** Goes to a place that is no change, such as where areas overlap. */
  goToPlace(at: readonly [number, number]): void {
    const [x, y] = mercatorFromLonLat(at[0], at[1]);
    this.selected = undefined;
    this.spot = { x, y };
    this.#store.flyTo({ at });
    this.#changed();
  }

  /** Goes to what a person has to look at first: the rows that stop the import, else everything shown. */
  fitFirst(home: Bounds | undefined): void {
    const isStopped = this.job !== undefined && verdictOf(this.job).kind === 'stopped';
    const bounds = isStopped ? this.changeSet?.bounds(new Set(['refused']), home) : undefined;
    if (bounds === undefined) this.fit(home);
    else this.#store.flyTo({ bounds });
  }

  /** Goes where the changes shown are. */
  fit(home: Bounds | undefined): void {
    const bounds = this.changeSet?.bounds(this.shown, home);
    if (bounds !== undefined) this.#store.flyTo({ bounds });
  }

  #changed(): void {
    this.#store.notify('import');
  }
}
