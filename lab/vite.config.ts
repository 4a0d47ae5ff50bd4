import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vite'
import { offlinePage } from './offline-plugin.js'

/** The page of the lab: relative addresses, so that any static host serves it under any path. */
export default defineConfig({
  root: fileURLToPath(new URL('.', import.meta.url)),
  base: './',
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  plugins: [offlinePage()],
  worker: { format: 'es' },
  build: {
    outDir: fileURLToPath(new URL('../dist/lab', import.meta.url)),
    emptyOutDir: true,
    target: 'es2022',
    modulePreload: { polyfill: false },
    assetsInlineLimit: 0,
    rolldownOptions: { checks: { pluginTimings: false } },
  },
})
