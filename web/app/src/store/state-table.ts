// State tables (`WGS1`): the state of every door or area of a round, by slot, in the bytes the server and the engine share.

import type { DoorState } from '../api/types.ts';

const HEADER_BYTES = 32;
const MAGIC = 0x31534757; // "WGS1", little-endian

/** Bytes of a door's row. */
export const DOOR_ROW_BYTES = 1;
/** Bytes of an area's row: eligible, touched, reached. */
export const AREA_ROW_BYTES = 12;

/** A decoded table. `rows` shares memory with `body`: a change written there is in the body an engine is given later. */
export interface StateTable {
  /** The whole body, header included. */
  body: Uint8Array;
  /** How many slots. */
  count: number;
  /** Place in the log, `epoch-n`. */
  seq: string;
  /** Version of the shapes its slots belong to. */
  shapesVersion: string;
  /** The rows alone. */
  rows: Uint8Array;
}

/** A body that is no state table, with what is wrong about it. */
export class StateTableError extends Error {
  override readonly name = 'StateTableError';
}

/**
 * Table from a body of `/api/state/{layer}`.
 *
 * Little-endian: `WGS1`, u16 bytes a row, u16 0, u32 rows, u32 epoch, u64 n, u64 shapes version, then the rows by slot.
 */
export function decodeStateTable(bytes: ArrayBuffer, rowBytes: number): StateTable {
  if (bytes.byteLength < HEADER_BYTES) {
    throw new StateTableError(`state table of ${bytes.byteLength} bytes is shorter than its header of ${HEADER_BYTES}`);
  }
  const view = new DataView(bytes);
  if (view.getUint32(0, true) !== MAGIC) throw new StateTableError('state table does not begin with WGS1');
  const stride = view.getUint16(4, true);
  if (stride !== rowBytes) throw new StateTableError(`state table has rows of ${stride} bytes, not of ${rowBytes}`);
  const count = view.getUint32(8, true);
  const expected = HEADER_BYTES + count * rowBytes;
  if (bytes.byteLength !== expected) {
    throw new StateTableError(`state table of ${count} rows has ${bytes.byteLength} bytes, not ${expected}`);
  }
  return {
    body: new Uint8Array(bytes),
    count,
    seq: `${view.getUint32(12, true)}-${view.getBigUint64(16, true)}`,
    shapesVersion: view.getBigUint64(24, true).toString(),
    rows: new Uint8Array(bytes, HEADER_BYTES),
  };
}

/** The earlier of two places in the log; of two epochs, the later one's, for the other has ended. */
export function earlierSeq(a: string, b: string): string {
  const [epochA, nA] = partsOf(a);
  const [epochB, nB] = partsOf(b);
  if (epochA !== epochB) return epochA > epochB ? a : b;
  return nA <= nB ? a : b;
}

function partsOf(seq: string): [number, bigint] {
  const match = /^(\d+)-(\d+)$/.exec(seq);
  if (match === null) throw new StateTableError(`seq ${seq} is not of the form EPOCH-N`);
  return [Number(match[1]), BigInt(match[2] ?? '0')];
}

const STATES: readonly DoorState[] = [
  'none',
  'untouched',
  'met',
  'remote',
  'no_answer',
  'refused',
  'no_access',
  'vacant',
  'moved',
  'demolished',
];

/** What a door's byte says. */
export interface DoorFacts {
  state: DoorState;
  followUpDue: boolean;
  /** 0 to 7; 7 means seven or more. */
  attempts: number;
}

/** Facts from a door's byte: bits 0–3 state, bit 4 follow-up due, bits 5–7 attempts. An unknown state reads as `none`. */
export function doorFactsFromByte(byte: number): DoorFacts {
  return { state: STATES[byte & 0x0f] ?? 'none', followUpDue: (byte & 0x10) !== 0, attempts: (byte >> 5) & 0x07 };
}
