// The page at `/admin/import`: files in, what they would change, and the word of the person.

import { html, type PropertyValues } from 'lit';
import { customElement, query, state } from 'lit/decorators.js';
import { StoreElement } from '../elements/store-element.ts';
import { fetchEngine } from '../engine/load.ts';
import { openInspection } from '../inspection.ts';
import { calmSink } from '../map/calm-style.ts';
import { ChangeLayer } from '../map/change-layer.ts';
import type { FrameLoop } from '../store/frame-loop.ts';
import type { DeskStep, ImportDesk } from '../store/import-desk.ts';
import { spokenOf } from '../store/import-spoken.ts';
import type { Topic } from '../store/topics.ts';
import { adminWords } from '../text/admin/index.ts';
import { baseStyles } from '../theme/base-styles.ts';
import { applyChangeColours } from '../theme/change-colours.ts';
import type { DistrictMap } from '../elements/district-map.ts';
import type { ImportFiles } from '../elements/admin/import-files.ts';
import type { ImportVerdict } from '../elements/admin/import-verdict.ts';
import { startAdmin } from './admin-store.ts';
import { importPageStyles } from './import-page-styles.ts';
import '../elements/district-map.ts';
import '../elements/admin/admin-header.ts';
import '../elements/admin/change-callout.ts';
import '../elements/admin/change-legend.ts';
import '../elements/admin/import-changes.ts';
import '../elements/admin/import-decision.ts';
import '../elements/admin/import-figures.ts';
import '../elements/admin/import-files.ts';
import '../elements/admin/import-findings.ts';
import '../elements/admin/import-list.ts';
import '../elements/admin/import-progress.ts';
import '../elements/admin/import-reading.ts';
import '../elements/admin/import-refusals.ts';
import '../elements/admin/import-verdict.ts';

/** Name of the import in the address, so that a page loaded again goes on. */
const IN_ADDRESS = 'import';

@customElement('import-page')
export class ImportPage extends StoreElement {
  static override readonly styles = [baseStyles, importPageStyles];

  protected override readonly topics: readonly Topic[] = ['district', 'import', 'map'];

  @state() private over = false;
  @query('district-map') private map!: DistrictMap;
  @query('import-files') private files!: ImportFiles | null;
  @query('import-verdict') private verdict!: ImportVerdict | null;
  #desk!: ImportDesk;
  #frames!: FrameLoop;
  readonly #layer = new ChangeLayer((feature) => this.#desk.select(feature, false));
  #step: DeskStep | undefined;
  #fitted: unknown;
  #held = 0;

  override connectedCallback(): void {
    super.connectedCallback();
    const { desk, frames } = startAdmin(this.store);
    this.#desk = desk;
    this.#frames = frames;
    fetchEngine();
    const open = new URLSearchParams(location.search).get(IN_ADDRESS);
    if (open === null) void desk.refreshList();
    else void desk.open(open);
    addEventListener('dragenter', this.onDrag);
    addEventListener('dragleave', this.onDrag);
    addEventListener('dragover', this.onDragOver);
    addEventListener('drop', this.onDrop);
    addEventListener('online', this.hurry);
    document.addEventListener('visibilitychange', this.hurry);
    addEventListener('beforeunload', this.onLeave);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    removeEventListener('dragenter', this.onDrag);
    removeEventListener('dragleave', this.onDrag);
    removeEventListener('dragover', this.onDragOver);
    removeEventListener('drop', this.onDrop);
    removeEventListener('online', this.hurry);
    document.removeEventListener('visibilitychange', this.hurry);
    removeEventListener('beforeunload', this.onLeave);
  }

  override firstUpdated(): void {
    openInspection(this.store, this.map);
  }

  override render() {
    const { store } = this;
    const desk = this.#desk;
    const said = adminWords(store.settings.language);
    const { step } = desk;
    this.toggleAttribute('no-map', store.mapDrawn === false);
    this.toggleAttribute('choosing', step === 'choosing');
    document.title = `${said.importTitle} · ${this.words.appName}`;
    return html`
      <admin-header role="banner" path="/admin/import" .store=${store}></admin-header>
      <main class=${this.over ? 'over' : ''}>
        <div class="content">
          ${step === 'choosing'
            ? html`<import-files .store=${store} .desk=${desk} .over=${this.over}></import-files>
                <import-list .store=${store} .desk=${desk}></import-list>`
            : html`<import-progress .store=${store} .desk=${desk}></import-progress>
                <import-verdict .store=${store} .desk=${desk}></import-verdict>
                <import-figures .store=${store} .desk=${desk}></import-figures>
                <import-refusals .store=${store} .desk=${desk}></import-refusals>
                <import-findings .store=${store} .desk=${desk}></import-findings>
                <import-reading .store=${store} .desk=${desk}></import-reading>
                <import-changes .store=${store} .desk=${desk}></import-changes>`}
        </div>
        <import-decision .store=${store} .desk=${desk}></import-decision>
        <p class="unseen" role="status" aria-live="polite">${spokenOf(desk, store.settings.language)}</p>
      </main>
      <div class="map" role="region" aria-label=${said.changesMap}>
        <district-map .store=${store} .frames=${this.#frames} .overlay=${this.#layer} .sinkOf=${calmSink}>
          <change-legend slot="legend" .store=${store} .desk=${desk}></change-legend>
        </district-map>
        <change-callout .store=${store} .desk=${desk}></change-callout>
      </div>
    `;
  }

  override updated(changed: PropertyValues): void {
    super.updated(changed);
    const desk = this.#desk;
    const theme = this.store.settings.shownTheme;
    applyChangeColours(this, theme);
    this.#layer.show({ set: desk.changeSet, shown: desk.shown, selected: desk.selected, spot: desk.spot, theme });
    this.#fitOnce();
    this.#keepInAddress();
    this.#followStep();
  }

  /** Goes where the changes are, once for each look, as soon as there are a map and changes. */
  #fitOnce(): void {
    const set = this.#desk.changeSet;
    const { district, mapDrawn } = this.store;
    if (set === undefined || district === undefined || mapDrawn !== true || this.#fitted === set) return;
    this.#fitted = set;
    this.#desk.fitFirst(district.tree.root?.bbox ?? district.catalog.bounds);
  }

  #keepInAddress(): void {
    const id = this.#desk.job?.id;
    const address = new URL(location.href);
    if ((address.searchParams.get(IN_ADDRESS) ?? undefined) === id) return;
    if (id === undefined) {
      // While the import named there is being opened it is not known yet.
      if (this.#desk.busy) return;
      address.searchParams.delete(IN_ADDRESS);
    } else address.searchParams.set(IN_ADDRESS, id);
    history.replaceState(null, '', address);
  }

  /** Brings the keyboard along when the page turns to the next step. */
  #followStep(): void {
    const { step } = this.#desk;
    const before = this.#step;
    this.#step = step;
    if (before === undefined || before === step) return;
    if (step === 'deciding' || step === 'over') void this.verdict?.focusHeading();
    if (step === 'choosing') void this.files?.focusNext();
  }

  private readonly hurry = (): void => {
    if (!document.hidden) this.store.hurry();
  };

  private readonly onLeave = (event: BeforeUnloadEvent): void => {
    if (this.#desk.step === 'sending') event.preventDefault();
  };

  private readonly onDrag = (event: DragEvent): void => {
    if (!holdsFiles(event)) return;
    // Every element under the files enters and leaves; only the page as a whole counts.
    this.#held = Math.max(0, this.#held + (event.type === 'dragenter' ? 1 : -1));
    this.over = this.#held > 0 && this.#takesFiles();
  };

  private readonly onDragOver = (event: DragEvent): void => {
    if (!holdsFiles(event)) return;
    event.preventDefault();
    if (event.dataTransfer !== null) event.dataTransfer.dropEffect = this.#takesFiles() ? 'copy' : 'none';
  };

  private readonly onDrop = (event: DragEvent): void => {
    if (!holdsFiles(event)) return;
    event.preventDefault();
    this.#held = 0;
    this.over = false;
    const files = [...(event.dataTransfer?.files ?? [])];
    if (this.#takesFiles()) void this.#desk.choose(files).then(() => this.files?.focusNext());
  };

  #takesFiles(): boolean {
    return this.#desk.step === 'choosing' || this.#desk.step === 'over';
  }
}

function holdsFiles(event: DragEvent): boolean {
  return event.dataTransfer?.types.includes('Files') === true;
}
