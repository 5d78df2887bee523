// Messages of the live stream, read from text into what the store understands.

/** What changed in a round: absolute values by slot. */
export interface RoundChange {
  /** `[slot, byte]` */
  households: [number, number][];
  /** `[slot, eligible, touched, reached]` */
  areas: [number, number, number, number][];
  /** All doors of the round, when their counts changed. */
  total?: Sum | undefined;
  /** Its doors in no grid, when their counts changed. */
  unassigned?: Sum | undefined;
}

/** Counts that are no area's: `[eligible, touched, reached]`. */
export type Sum = [number, number, number];

/** How far an import is, as the server says it. */
export interface ImportProgress {
  id: string;
  state: string;
  stage?: string;
  done_bytes: number;
  bytes: number;
  rows: number;
}

/** A message of the stream. */
export type LiveMessage =
  | { type: 'hello'; seq: string; shapesVersion: string }
  | { type: 'change'; seq: string; at: string; rounds: Record<string, RoundChange>; roundsListed: boolean }
  | { type: 'shapes'; version: string }
  | { type: 'reset'; seq: string; reason: string }
  | { type: 'beat'; seq: string; at: string }
  | { type: 'import'; progress: ImportProgress };

/** Message from a text of the stream; undefined for one this page does not know, which a newer server may send. */
export function liveMessageFromText(text: string): LiveMessage | undefined {
  let raw: unknown;
  try {
    raw = JSON.parse(text);
  } catch {
    return undefined;
  }
  if (typeof raw !== 'object' || raw === null) return undefined;
  const message = raw as Record<string, unknown>;
  const seq = typeof message.seq === 'string' ? message.seq : undefined;
  const at = typeof message.at === 'string' ? message.at : undefined;
  switch (message.type) {
    case 'hello':
      return seq === undefined ? undefined : { type: 'hello', seq, shapesVersion: String(message.shapes_version ?? '') };
    case 'change':
      if (seq === undefined || at === undefined) return undefined;
      return {
        type: 'change',
        seq,
        at,
        rounds: roundsFrom(message.rounds),
        roundsListed: message.round_list !== undefined && message.round_list !== false,
      };
    case 'shapes':
      return message.version === undefined ? undefined : { type: 'shapes', version: String(message.version) };
    case 'reset':
      return seq === undefined ? undefined : { type: 'reset', seq, reason: String(message.reason ?? '') };
    case 'beat':
      return seq === undefined || at === undefined ? undefined : { type: 'beat', seq, at };
    case 'import':
      return { type: 'import', progress: raw as ImportProgress };
    default:
      return undefined;
  }
}

function roundsFrom(raw: unknown): Record<string, RoundChange> {
  const rounds: Record<string, RoundChange> = {};
  if (typeof raw !== 'object' || raw === null) return rounds;
  for (const [id, change] of Object.entries(raw as Record<string, Partial<RoundChange> | null>)) {
    const { households = [], areas = [], total, unassigned } = change ?? {};
    rounds[id] = { households, areas, total, unassigned };
  }
  return rounds;
}
