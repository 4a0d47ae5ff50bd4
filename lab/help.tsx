import type { RefObject } from 'preact'
import { keyTable } from './keys.js'

/** The help sheet: keys, and what a reader might not guess. */
export function HelpSheet({ sheet }: { readonly sheet: RefObject<HTMLDialogElement | null> }) {
  return (
    <dialog ref={sheet} aria-label="Help">
      <form method="dialog">
        <h2>Help</h2>
        <table class="keys">
          <tbody>
            {keyTable.map(([key, use]) => (
              <tr key={key}>
                <th scope="row">
                  <kbd>{key}</kbd>
                </th>
                <td>{use}</td>
              </tr>
            ))}
          </tbody>
        </table>
        <p>
          Every number can be typed. The address of the page holds all that is set, so that a link shows the
          same to others. “Data” lists the numbers of a picture, “Save” keeps them or the picture as a file.
        </p>
        <button type="submit">Close</button>
      </form>
    </dialog>
  )
}
