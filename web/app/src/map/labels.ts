// Label placement: which names are shown, so that none lies over another. A pure function, stable between frames.

/** A name that would like to be shown, its middle in CSS pixels. */
export interface LabelCandidate {
  id: number;
  x: number;
  y: number;
  width: number;
  height: number;
  /** Smaller is placed first. */
  rank: number;
}

const CELL_PX = 64;

/**
 * Labels that fit on a screen, in the order they were placed.
 *
 * By rank; inside a rank those shown before come first, so that a name does not give way to its equal; then by id. A label
 * is shown whole or not at all. Cost: a few comparisons a label, by a grid of cells.
 */
export function placeLabels(
  candidates: readonly LabelCandidate[],
  screen: { width: number; height: number },
  shownBefore: ReadonlySet<number>,
  gapPx: number,
): LabelCandidate[] {
  const cells = new Map<number, LabelCandidate[]>();
  const columns = Math.ceil(screen.width / CELL_PX) + 1;
  const placed: LabelCandidate[] = [];
  const ordered = candidates
    .filter((label) => isInside(label, screen))
    .sort(
      (a, b) => a.rank - b.rank || Number(shownBefore.has(b.id)) - Number(shownBefore.has(a.id)) || a.id - b.id,
    );
  for (const label of ordered) {
    const numbers = cellsOf(label, gapPx, columns);
    if (numbers.some((cell) => cells.get(cell)?.some((other) => overlap(label, other, gapPx)))) continue;
    placed.push(label);
    for (const cell of numbers) {
      const inCell = cells.get(cell);
      if (inCell === undefined) cells.set(cell, [label]);
      else inCell.push(label);
    }
  }
  return placed;
}

/** A value one step nearer to another, and never past it. */
export function approach(value: number, wanted: number, step: number): number {
  return value < wanted ? Math.min(wanted, value + step) : Math.max(wanted, value - step);
}

function isInside(label: LabelCandidate, screen: { width: number; height: number }): boolean {
  const halfWidth = label.width / 2;
  const halfHeight = label.height / 2;
  return (
    label.x - halfWidth >= 0 &&
    label.y - halfHeight >= 0 &&
    label.x + halfWidth <= screen.width &&
    label.y + halfHeight <= screen.height
  );
}

function overlap(a: LabelCandidate, b: LabelCandidate, gapPx: number): boolean {
  return (
    Math.abs(a.x - b.x) * 2 < a.width + b.width + 2 * gapPx && Math.abs(a.y - b.y) * 2 < a.height + b.height + 2 * gapPx
  );
}

function cellsOf(label: LabelCandidate, gapPx: number, columns: number): number[] {
  const left = Math.floor((label.x - label.width / 2 - gapPx) / CELL_PX);
  const right = Math.floor((label.x + label.width / 2 + gapPx) / CELL_PX);
  const top = Math.floor((label.y - label.height / 2 - gapPx) / CELL_PX);
  const bottom = Math.floor((label.y + label.height / 2 + gapPx) / CELL_PX);
  const numbers: number[] = [];
  for (let row = top; row <= bottom; row += 1) {
    for (let column = left; column <= right; column += 1) numbers.push(row * columns + column);
  }
  return numbers;
}
