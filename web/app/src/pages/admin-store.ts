// What the pages that bring data in and out share: the one store, the desk beside it, and the frame loop they are fed by.

import { importServer } from '../api/imports.ts';
import { FrameLoop } from '../store/frame-loop.ts';
import { ImportDesk } from '../store/import-desk.ts';
import type { Store } from '../store/store.ts';

const browserClock = {
  after(delayMs: number, callback: () => void): () => void {
    const timer = setTimeout(callback, delayMs);
    return () => clearTimeout(timer);
  },
};

/** Starts the store and makes a desk that hears of imports. */
export function startAdmin(store: Store): { desk: ImportDesk; frames: FrameLoop } {
  const frames = new FrameLoop();
  frames.add(() => {
    store.takeChanges();
    return false;
  });
  store.start(undefined, () => frames.wake());
  const desk = new ImportDesk(importServer, browserClock, store);
  store.hearImport = (progress) => desk.hear(progress);
  return { desk, frames };
}
