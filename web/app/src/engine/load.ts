// Brings the engine up: its code, its WASM, a map on a canvas. Says in which way it could not.

import wasmAddress from './pkg/wangge_map_bg.wasm?url';
import workerAddress from './pkg/worker.js?worker&url';
import { MapHandle, type EngineOptions, type RawMap } from './handle.ts';

/** Why there is no map. */
export type MapTrouble = 'no-webgpu' | 'no-adapter' | 'failed';

/** The map cannot be drawn here. */
export class MapTroubleError extends Error {
  readonly trouble: MapTrouble;

  constructor(trouble: MapTrouble, cause?: unknown) {
    super(`map engine: ${trouble}`, { cause });
    this.name = 'MapTroubleError';
    this.trouble = trouble;
  }
}

/** Whether this browser offers WebGPU; `?webgpu=off` says no for testing. */
export function hasWebGpu(): boolean {
  return new URLSearchParams(location.search).get('webgpu') !== 'off' && 'gpu' in navigator;
}

let module: Promise<typeof import('./pkg/wangge_map.js')> | undefined;

/** Starts fetching the engine without waiting for it, so that it comes beside the first data. */
export function fetchEngine(): void {
  if (!hasWebGpu()) return;
  module ??= import('./pkg/wangge_map.js').then(async (engine) => {
    await engine.default({ module_or_path: wasmAddress });
    return engine;
  });
  // Whoever waits for it hears of a failure; nobody may be waiting yet.
  module.catch(() => undefined);
}

/** A map on a canvas. */
export async function createMap(
  canvas: HTMLCanvasElement,
  options: Omit<EngineOptions, 'worker'>,
): Promise<MapHandle> {
  if (!hasWebGpu()) throw new MapTroubleError('no-webgpu');
  fetchEngine();
  try {
    const engine = await module;
    if (engine === undefined) throw new Error('engine not fetched');
    const full: EngineOptions = { ...options, worker: new URL(workerAddress, location.href).href };
    const map: RawMap = await engine.WanggeMap.create(canvas, JSON.stringify(full));
    return new MapHandle(map);
  } catch (error) {
    module = undefined;
    throw new MapTroubleError((await hasAdapter()) ? 'failed' : 'no-adapter', error);
  }
}

/** Whether a graphics adapter answers: WebGPU may be there without one. */
async function hasAdapter(): Promise<boolean> {
  const { gpu } = navigator as Navigator & { gpu?: { requestAdapter(): Promise<unknown> } };
  try {
    return gpu !== undefined && (await gpu.requestAdapter()) !== null;
  } catch {
    return false;
  }
}
