// What the server says of imports, by the names this app uses: all of it from its OpenAPI document.

import type { components } from './schema.ts';

type Schemas = components['schemas'];

/** An import, as far as it is. */
export type ImportJob = Schemas['Import'];
/** How files are to be understood. */
export type ImportOptions = Schemas['ImportOptions'];
/** What an import would do. */
export type Plan = Schemas['ImportPlan'];
/** A file as it was understood. */
export type PlanFile = Schemas['ImportPlanFile'];
/** What the look at the coordinates of a file found. */
export type Datum = Schemas['ImportDatum'];
/** A coordinate system the numbers of a file may be in. */
export type DatumCandidate = Schemas['ImportCandidate'];
/** A field, and the column it is filled from. */
export type MappedField = Schemas['ImportMappedField'];
/** How many rows of every sort. */
export type PlanCounts = Schemas['ImportCounts'];
/** A row that may not come in. */
export type RefusedRow = Schemas['ImportRefusedRow'];
/** One thing that is wrong between areas. */
export type Finding = Schemas['ImportFinding'];
