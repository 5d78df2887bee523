// How the pages are built: where the engine comes from, what the HTML preloads, what is compressed beforehand.

import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { extname, join } from 'node:path';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import { defineConfig, type Plugin } from 'vite';

const ENGINE_FOLDER = new URL('./src/engine/pkg/', import.meta.url);
const ENGINE_FILES = ['wangge_map.js', 'wangge_map_bg.wasm', 'worker.js'];
const COMPRESSED = new Set(['.html', '.js', '.css', '.wasm', '.svg', '.json']);

/** Says in a sentence what is missing when the engine has not been built. */
function engineIsThere(): Plugin {
  return {
    name: 'engine-is-there',
    buildStart() {
      const missing = ENGINE_FILES.filter((file) => !existsSync(new URL(file, ENGINE_FOLDER)));
      if (missing.length > 0) {
        this.error(
          `the map engine is not built: ${missing.join(', ')} missing in web/app/src/engine/pkg; run \`cargo xtask web\` first`,
        );
      }
    },
  };
}

/** Lets the browser fetch the engine's WASM and its glue while it still parses the page's own script. */
function preloadEngine(): Plugin {
  return {
    name: 'preload-engine',
    transformIndexHtml: {
      order: 'post',
      handler(_html, { bundle }) {
        const files = Object.values(bundle ?? {});
        const wasm = files.find((file) => /wangge_map_bg-[^/]*\.wasm$/.test(file.fileName));
        const glue = files.find(
          (file) => file.type === 'chunk' && file.facadeModuleId?.endsWith('/pkg/wangge_map.js') === true,
        );
        return [
          ...(wasm === undefined
            ? []
            : [
                {
                  tag: 'link',
                  attrs: {
                    rel: 'preload',
                    as: 'fetch',
                    type: 'application/wasm',
                    crossorigin: true,
                    href: `/${wasm.fileName}`,
                  },
                  injectTo: 'head' as const,
                },
              ]),
          ...(glue === undefined
            ? []
            : [
                {
                  tag: 'link',
                  attrs: { rel: 'modulepreload', crossorigin: true, href: `/${glue.fileName}` },
                  injectTo: 'head' as const,
                },
              ]),
        ];
      },
    },
  };
}

/** Puts `.br` and `.gz` beside every text and WASM file, so that the server compresses nothing twice. */
function compressBeforehand(): Plugin {
  let folder = '';
  return {
    name: 'compress-beforehand',
    apply: 'build',
    configResolved(config) {
      folder = join(config.root, config.build.outDir);
    },
    closeBundle() {
      if (!existsSync(folder)) return;
      for (const name of readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
        const path = join(folder, name);
        if (!COMPRESSED.has(extname(name)) || !statSync(path).isFile()) continue;
        const bytes = readFileSync(path);
        writeFileSync(
          `${path}.br`,
          brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY } }),
        );
        writeFileSync(`${path}.gz`, gzipSync(bytes, { level: constants.Z_BEST_COMPRESSION }));
      }
    },
  };
}

export default defineConfig({
  plugins: [engineIsThere(), preloadEngine(), compressBeforehand()],
  worker: { format: 'es' },
  build: {
    target: 'es2022',
    modulePreload: { polyfill: false },
    assetsInlineLimit: 0,
    reportCompressedSize: true,
    // What the first page needs is one file, whatever later pages share with it.
    rolldownOptions: { output: { codeSplitting: { groups: [{ name: 'index', tags: ['$initial'] }] } } },
  },
  server: {
    proxy: {
      '/api': { target: 'http://127.0.0.1:8080', ws: true },
      '^/(catalog|style.json|shapes|tiles|health|ready)': 'http://127.0.0.1:8080',
    },
  },
});
