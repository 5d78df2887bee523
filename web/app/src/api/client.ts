// Requests to the server: an answer in its type, or an error that says what the server said.

import type { AreaCollection, Catalog, Coverage, DoorCollection } from './types.ts';

/** A refusal of the server, with the sentence of its problem document. */
export class ServerRefusal extends Error {
  readonly status: number;

  constructor(status: number, detail: string) {
    super(detail);
    this.name = 'ServerRefusal';
    this.status = status;
  }
}

/** A state table as it came: its bytes, and the round it is of. */
export interface TableAnswer {
  bytes: ArrayBuffer;
  round: string | undefined;
}

/** What the store asks of the server. */
export interface ServerClient {
  catalog(): Promise<Catalog>;
  areas(): Promise<AreaCollection>;
  style(theme: 'light' | 'dark'): Promise<unknown>;
  stateTable(layer: 'areas' | 'households', round: string | undefined): Promise<TableAnswer>;
  coverage(round: string | undefined): Promise<Coverage>;
  door(slot: number, round: string | undefined): Promise<DoorCollection>;
  untouchedDoors(within: string, round: string | undefined, limit: number): Promise<DoorCollection>;
}

/** The refusal an answer is. */
export async function refusalFrom(response: Response): Promise<ServerRefusal> {
  let detail = `${response.status} ${response.statusText}`.trim();
  try {
    const problem: unknown = await response.json();
    if (typeof problem === 'object' && problem !== null) {
      const { title, detail: said } = problem as { title?: unknown; detail?: unknown };
      if (typeof said === 'string' && said !== '') detail = said;
      else if (typeof title === 'string' && title !== '') detail = title;
    }
  } catch {
    // Not a problem document: the status line is all there is to say.
  }
  return new ServerRefusal(response.status, detail);
}

async function get(path: string, accept: string): Promise<Response> {
  const response = await fetch(path, { headers: { accept } });
  if (!response.ok) throw await refusalFrom(response);
  return response;
}

/** A JSON document of the server. */
export async function getJson<Answer>(path: string): Promise<Answer> {
  return (await (await get(path, 'application/json, application/geo+json')).json()) as Answer;
}

function withQuery(path: string, query: Record<string, string | undefined>): string {
  const pairs = Object.entries(query).filter((pair): pair is [string, string] => pair[1] !== undefined);
  return pairs.length === 0 ? path : `${path}?${new URLSearchParams(pairs).toString()}`;
}

/** The server this page came from. */
export const server: ServerClient = {
  catalog: () => getJson('/catalog'),
  areas: () => getJson('/api/areas'),
  style: (theme) => getJson(withQuery('/style.json', { theme })),
  coverage: (round) => getJson(withQuery('/api/coverage', { level: 'district', round })),
  door: (slot, round) => getJson(withQuery('/api/doors', { slot: String(slot), round })),
  untouchedDoors: (within, round, limit) =>
    getJson(withQuery('/api/doors', { within, round, state: 'untouched', limit: String(limit) })),
  async stateTable(layer, round) {
    const response = await get(withQuery(`/api/state/${layer}`, { round }), 'application/octet-stream');
    return { bytes: await response.arrayBuffer(), round: response.headers.get('x-round') ?? undefined };
  },
};

/** Address of the live stream for changes after a place in the log; from now on where there is no place yet. */
export function liveAddress(since: string): string {
  const address = new URL(withQuery('/api/live', { since: since === '' ? undefined : since }), location.href);
  address.protocol = address.protocol === 'https:' ? 'wss:' : 'ws:';
  return address.href;
}
