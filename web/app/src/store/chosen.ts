// What is chosen, an area or doors at a spot, and what was fetched about it.

import { ServerRefusal, type ServerClient } from '../api/client.ts';
import type { DoorCollection, DoorProperties } from '../api/types.ts';
import type { Area, AreaTree } from './area-tree.ts';
import type { Figures } from './figures.ts';
import type { Topic } from './topics.ts';

const DOORS_LISTED = 12;

/** What is selected on the map or in a list. */
export type Selection =
  | { kind: 'none' }
  | { kind: 'area'; area: Area }
  /** Doors at one spot; one of them is looked at. */
  | { kind: 'doors'; slots: readonly number[]; index: number };

/** Something fetched for the selection. */
export type Fetched<Answer> = { kind: 'loading' } | { kind: 'failed'; said: string } | { kind: 'here'; answer: Answer };

/** A door with where it is. */
export interface ListedDoor {
  door: DoorProperties;
  at: [number, number] | undefined;
}

/** The part of the store a choice needs. */
interface Round {
  readonly roundId: string | undefined;
  figuresOf(area: Area): Figures | undefined;
  notify(topic: Topic): void;
}

/** The selection. Whatever is fetched for one and comes when there is another is dropped. */
export class Chosen {
  selection: Selection = { kind: 'none' };
  /** The door looked at. */
  door: Fetched<ListedDoor> | undefined;
  /** Doors of the area nobody has knocked at; undefined until somebody asks for them. */
  untouched: Fetched<{ doors: ListedDoor[]; more: number }> | undefined;

  readonly #client: ServerClient;
  readonly #round: Round;

  constructor(client: ServerClient, round: Round) {
    this.#client = client;
    this.#round = round;
  }

  /** Slot of the door looked at. */
  get doorSlot(): number | undefined {
    return this.selection.kind === 'doors' ? this.selection.slots[this.selection.index] : undefined;
  }

  nothing(): void {
    this.#choose({ kind: 'none' });
  }

  area(area: Area): void {
    this.#choose({ kind: 'area', area });
  }

  /** Selects doors at one spot and looks at the first. */
  doors(slots: readonly number[]): void {
    this.#choose({ kind: 'doors', slots, index: 0 });
    void this.loadDoor();
  }

  /** Looks at the next door of the spot, or the one before; after the last comes the first. */
  stepDoor(by: 1 | -1): void {
    const { selection } = this;
    if (selection.kind !== 'doors') return;
    const index = (selection.index + by + selection.slots.length) % selection.slots.length;
    this.#choose({ ...selection, index });
    void this.loadDoor();
  }

  /** Finds the selected area again among areas loaded anew. */
  keep(tree: AreaTree): void {
    if (this.selection.kind !== 'area') return;
    const area = tree.byCode(this.selection.area.code);
    this.selection = area === undefined ? { kind: 'none' } : { kind: 'area', area };
  }

  /** Fetches what the server knows of the door looked at; what is known of it already stays until then. */
  async loadDoor(): Promise<void> {
    const slot = this.doorSlot;
    if (slot === undefined) return;
    const known = this.door?.kind === 'here' && this.door.answer.door.slot === slot;
    if (!known) this.door = { kind: 'loading' };
    const fetched = await fetchedFrom(this.#client.door(slot, this.#round.roundId), (doors) => listed(doors)[0]);
    if (slot !== this.doorSlot) return;
    this.door = fetched;
    this.#round.notify('selection');
  }

  /** Fetches the first doors of the selected area that nobody has knocked at. */
  async loadUntouched(): Promise<void> {
    const { selection } = this;
    if (selection.kind !== 'area') return;
    const { area } = selection;
    this.untouched = { kind: 'loading' };
    this.#round.notify('selection');
    const asked = this.#client.untouchedDoors(area.code, this.#round.roundId, DOORS_LISTED);
    const fetched = await fetchedFrom(asked, (answer) => {
      const doors = listed(answer);
      return { doors, more: Math.max(0, (this.#round.figuresOf(area)?.untouched ?? 0) - doors.length) };
    });
    if (this.selection !== selection) return;
    this.untouched = fetched;
    this.#round.notify('selection');
  }

  #choose(selection: Selection): void {
    this.selection = selection;
    this.untouched = undefined;
    this.#round.notify('selection');
  }
}

async function fetchedFrom<Raw, Answer>(
  asked: Promise<Raw>,
  read: (raw: Raw) => Answer | undefined,
): Promise<Fetched<Answer>> {
  try {
    const answer = read(await asked);
    return answer === undefined ? { kind: 'failed', said: '' } : { kind: 'here', answer };
  } catch (error) {
    return { kind: 'failed', said: error instanceof ServerRefusal ? error.message : '' };
  }
}

function listed({ features }: DoorCollection): ListedDoor[] {
  return features.map(({ properties, geometry }) => {
    const [lon, lat] = geometry?.coordinates ?? [];
    return { door: properties, at: lon === undefined || lat === undefined ? undefined : [lon, lat] };
  });
}
