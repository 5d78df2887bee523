// What the server answers, by the names this app uses: all of it from its OpenAPI document (`npm run types`).

import type { components } from './schema.ts';

type Schemas = components['schemas'];

/** Level of an area. */
export type Level = Schemas['LevelId'];
/** State of a door in a round. */
export type DoorState = Schemas['DoorStateId'];
/** `/catalog`: what is here. */
export type Catalog = Schemas['Catalog'];
/** `/api/areas`. */
export type AreaCollection = Schemas['AreaCollection'];
/** An area of it. */
export type AreaProperties = Schemas['AreaProperties'];
/** `/api/doors`. */
export type DoorCollection = Schemas['DoorCollection'];
/** A door of it. */
export type DoorProperties = Schemas['DoorProperties'];
/** `/api/coverage`. */
export type Coverage = Schemas['Coverage'];
/** The body of a refusal (RFC 9457). */
export type Problem = Schemas['Problem'];
