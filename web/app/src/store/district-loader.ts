// Loads a district: catalog, areas and the state tables of a round, all of one shapes version.

import { ServerRefusal, type ServerClient } from '../api/client.ts';
import type { Catalog, Coverage } from '../api/types.ts';
import { AreaTree } from './area-tree.ts';
import { AreaCounts, figuresFromCounts, type Figures } from './figures.ts';
import { AREA_ROW_BYTES, DOOR_ROW_BYTES, decodeStateTable, earlierSeq, type StateTable } from './state-table.ts';

const ATTEMPTS = 4;

/** State of a round, as of one place in the log. */
export interface RoundTables {
  roundId: string;
  areas: StateTable;
  counts: AreaCounts;
  doors: StateTable;
  /** All doors of the round, those in no grid included: no area has them all. */
  total: Figures;
  /** Its doors in no grid. */
  unassigned: Figures;
  /** Place after which changes are to be heard. */
  since: string;
}

/** A district with the round shown; no tables while it has no round. */
export interface DistrictData {
  catalog: Catalog;
  shapesVersion: string;
  tree: AreaTree;
  tables: RoundTables | undefined;
}

/**
 * District and a round's tables, fetched side by side.
 *
 * Areas and tables may be of two versions while an import is being taken; then everything is fetched again.
 */
export async function loadDistrict(client: ServerClient, round: string | undefined): Promise<DistrictData> {
  for (let attempt = 1; ; attempt += 1) {
    const [catalog, areas, tables] = await Promise.all([client.catalog(), client.areas(), loadTables(client, round)]);
    const shapesVersion = String(catalog.shapes_version);
    const tree = new AreaTree(areas.features.map((feature) => feature.properties));
    const agree =
      tables === undefined ||
      (tables.areas.shapesVersion === shapesVersion && tables.doors.shapesVersion === shapesVersion);
    if (agree || attempt === ATTEMPTS) return { catalog, shapesVersion, tree, tables };
  }
}

/** Tables and sums of a round, of the default one without a round; undefined where there is no such round. */
export async function loadTables(client: ServerClient, round: string | undefined): Promise<RoundTables | undefined> {
  try {
    const [areas, firstDoors, firstCoverage] = await Promise.all([
      client.stateTable('areas', round),
      client.stateTable('households', round),
      client.coverage(round),
    ]);
    // The default round may change between the answers.
    const roundId = areas.round ?? round ?? '';
    const doors = firstDoors.round === areas.round ? firstDoors : await client.stateTable('households', areas.round);
    const coverage = firstCoverage.round === roundId ? firstCoverage : await client.coverage(roundId);
    const areaTable = decodeStateTable(areas.bytes, AREA_ROW_BYTES);
    const doorTable = decodeStateTable(doors.bytes, DOOR_ROW_BYTES);
    return {
      roundId,
      areas: areaTable,
      counts: new AreaCounts(areaTable),
      doors: doorTable,
      total: sum(coverage.total),
      unassigned: sum(coverage.unassigned),
      since: earlierSeq(coverage.seq, earlierSeq(areaTable.seq, doorTable.seq)),
    };
  } catch (error) {
    // No such round: the default one then. No round at all: there is no state yet.
    const refused = error instanceof ServerRefusal ? error.status : undefined;
    if (round !== undefined && (refused === 400 || refused === 404)) return loadTables(client, undefined);
    if (refused === 404) return undefined;
    throw error;
  }
}

function sum({ eligible, touched, reached }: Coverage['total']): Figures {
  return figuresFromCounts(eligible, touched, reached);
}
