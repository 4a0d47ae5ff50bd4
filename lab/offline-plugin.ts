import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { type Plugin, transformWithOxc } from 'vite'

/** Files of the page that Vite copies as they are. */
const copied = ['icon.svg']

/** Builds the service worker `offline.js` with the list of all files of the page. */
export function offlinePage(): Plugin {
  const source = new URL('./offline-worker.ts', import.meta.url)
  return {
    name: 'ghostpoint-offline-page',
    apply: 'build',
    enforce: 'post',
    async generateBundle(_, bundle) {
      const files = [
        './',
        ...Object.keys(bundle).map(name => `./${name}`),
        ...copied.map(name => `./${name}`),
      ].sort()
      const hash = createHash('sha256')
      for (const item of Object.values(bundle)) hash.update(item.type === 'chunk' ? item.code : item.source)
      const { code } = await transformWithOxc(readFileSync(source, 'utf8'), 'offline-worker.ts')
      const named = `const pageFiles = ${JSON.stringify(files)}\nconst pageHash = '${hash.digest('hex').slice(0, 16)}'\n`
      this.emitFile({ type: 'asset', fileName: 'offline.js', source: named + code })
    },
  }
}
