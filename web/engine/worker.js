// The tile worker: decodes vector tiles and cuts their polygons into triangles, with the same WebAssembly as the page.
// It says { request, mesh } or { request, error } for every { request, z, x, y, bytes }; the first message is { module }.
import { initSync, tile_mesh } from "./wangge_map.js";

const waiting = [];
let ready = false;

function work({ request, z, x, y, bytes }) {
  try {
    const mesh = tile_mesh(new Uint8Array(bytes), z, x, y);
    self.postMessage({ request, mesh }, [mesh.buffer]);
  } catch (error) {
    self.postMessage({ request, error: String(error?.message ?? error) });
  }
}

self.onmessage = ({ data }) => {
  if (data.module) {
    initSync({ module: data.module });
    ready = true;
    waiting.splice(0).forEach(work);
  } else if (ready) {
    work(data);
  } else {
    waiting.push(data);
  }
};
