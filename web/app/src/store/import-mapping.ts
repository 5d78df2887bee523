// Columns and fields: what a person changed of the guessed mapping, as the server takes it.

import type { MappedField, PlanFile } from '../api/import-types.ts';

/** The column of a field that is filled from none. */
export const NOT_FILLED = '';

/** What a field is filled from: a column, or the same text for every row. */
export interface MappingChoice {
  column: string;
  constant: string | undefined;
}

/** Every column of some files, in their order, each once. */
export function columnsOf(files: readonly PlanFile[]): string[] {
  const columns = new Set<string>();
  for (const file of files) {
    for (const { column, how } of file.mapping) if (column != null && how !== 'constant') columns.add(column);
    for (const column of file.unused) columns.add(column);
  }
  return [...columns];
}

/**
 * The `map` of the next look: what was said before, then what was changed now.
 *
 * A field that shall not be filled any more is given an empty constant, unless it was given by hand: then that is taken back.
 */
export function mapOf(
  mapping: readonly MappedField[],
  saidBefore: readonly string[],
  choices: ReadonlyMap<string, MappingChoice>,
): string[] {
  const fieldOf = (pair: string) => pair.slice(0, pair.indexOf('='));
  const kept = saidBefore.filter((pair) => !choices.has(fieldOf(pair)));
  const said = [...choices].flatMap(([field, { column, constant }]) => {
    if (constant !== undefined) return [`${field}==${constant}`];
    if (column !== NOT_FILLED) return [`${field}=${column}`];
    const guessed = mapping.some((each) => each.field === field && each.how !== 'given' && each.how !== 'constant');
    return guessed ? [`${field}==`] : [];
  });
  return [...kept, ...said];
}
