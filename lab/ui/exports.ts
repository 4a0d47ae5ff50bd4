import type { PictureSpec, Provenance, Table } from './picture-spec.js'

/** Numbers and pictures as files. */

/** The table with its settings, seed and version in comment lines before it. */
export function csvText({ columns, rows }: Table, { room, version, link, settings }: Provenance): string {
  const head = [`# ghostpoint ${version}, ${room}`, `# ${JSON.stringify(settings)}`, `# ${link}`]
  const lines = [columns, ...rows].map(row => row.map(cell).join(','))
  return `${[...head, ...lines].join('\n')}\n`
}

function cell(value: number | string): string {
  const text = String(value)
  return /[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}

/** Everything as one JSON document, one array for each column. */
export function jsonText({ summary, table }: PictureSpec, title: string, provenance: Provenance): string {
  const { columns, rows } = table()
  const data = Object.fromEntries(columns.map((name, k) => [name, rows.map(row => row[k])]))
  return `${JSON.stringify({ title, summary, ...provenance, data })}\n`
}

/** An SVG as PNG, `scale` times its size. */
export async function pngOf(svg: string, scale: number): Promise<Blob> {
  const image = new Image()
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(svg)}`
  await image.decode()
  const canvas = document.createElement('canvas')
  canvas.width = scale * image.width
  canvas.height = scale * image.height
  canvas.getContext('2d')!.drawImage(image, 0, 0, canvas.width, canvas.height)
  return new Promise((resolve, reject) => {
    canvas.toBlob(
      blob => (blob === null ? reject(new Error('no PNG of this picture')) : resolve(blob)),
      'image/png',
    )
  })
}

/** Hands a file to the reader. */
export function save(name: string, type: string, content: string | Blob): void {
  const url = URL.createObjectURL(new Blob([content], { type }))
  const link = document.createElement('a')
  link.href = url
  link.download = name
  link.click()
  // Not before the browser has taken it.
  setTimeout(() => URL.revokeObjectURL(url), 10_000)
}
