import { useSignal } from '@preact/signals'
import { useRef } from 'preact/hooks'
import type { PictureSpec, Table } from './picture-spec.js'

/** More rows than this are in the exported file alone. */
const mostRows = 200

/** The numbers of a picture, in a dialog that is filled when it is opened. */
export function DataTable({
  title,
  spec,
}: {
  readonly title: string
  readonly spec: () => PictureSpec | undefined
}) {
  const table = useSignal<Table | undefined>(undefined)
  const dialog = useRef<HTMLDialogElement>(null)
  const open = () => {
    table.value = spec()?.table()
    dialog.current?.showModal()
  }
  const rows = table.value?.rows ?? []
  return (
    <>
      <button type="button" class="quiet" onClick={open} aria-label={`Data of “${title}”`}>
        Data
      </button>
      <dialog ref={dialog} aria-label={title} onClose={() => (table.value = undefined)}>
        <form method="dialog">
          <h3>{title}</h3>
          {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls has to be reached */}
          <section class="scroll" tabIndex={0} aria-label={`Numbers of ${title}`}>
            <table>
              <thead>
                <tr>
                  {table.value?.columns.map(column => (
                    <th key={column} scope="col">
                      {column}
                    </th>
                  ))}
                </tr>
              </thead>
              <tbody>
                {thinned(rows).map((row, i) => (
                  <tr key={`${i}-${row[0]}`}>
                    {row.map((cell, k) => (
                      <td key={table.value?.columns[k]}>{typeof cell === 'number' ? shown(cell) : cell}</td>
                    ))}
                  </tr>
                ))}
              </tbody>
            </table>
          </section>
          <p>
            {rows.length > mostRows
              ? `${mostRows} of ${rows.length} rows, evenly spaced; the CSV file has all of them.`
              : `${rows.length} rows.`}
          </p>
          <button type="submit">Close</button>
        </form>
      </dialog>
    </>
  )
}

function thinned(rows: Table['rows']): Table['rows'] {
  if (rows.length <= mostRows) return rows
  return Array.from(
    { length: mostRows },
    (_, i) => rows[Math.round((i * (rows.length - 1)) / (mostRows - 1))]!,
  )
}

const shown = (value: number) => String(Number(value.toPrecision(7)))
