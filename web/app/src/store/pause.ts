// The wait before something that failed is tried again.

import type { StreamWorld } from './stream.ts';

const FIRST_MS = 500;
const LONGEST_MS = 15_000;

/** Length of the wait after so many failures: twice as long each time, spread so that pages do not come all at once. */
export function pauseMs(world: StreamWorld, failures: number): number {
  return Math.min(LONGEST_MS, FIRST_MS * 2 ** failures) * (0.5 + world.random() / 2);
}

/** Waits after so many failures. */
export function pause(world: StreamWorld, failures: number): Promise<void> {
  return new Promise((resolve) => world.after(pauseMs(world, failures), resolve));
}
