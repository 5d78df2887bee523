// The engine's module where it has not been built; a built one brings its own types, which are then checked against ours.

declare module '*/pkg/wangge_map.js' {
  import type { RawMap } from './handle.ts';
  export class WanggeMap {
    static create(canvas: HTMLCanvasElement, optionsJson: string): Promise<RawMap>;
  }
  export default function init(from: { module_or_path: string }): Promise<unknown>;
}
