import { effect, useSignal } from '@preact/signals'
import { useEffect, useId, useRef } from 'preact/hooks'
import { type Box, composeFigure, frameOf, type Panel } from '../../src/figures/panels.js'
import { element, type FigureContext } from '../../src/figures/svg.js'
import { pageTheme } from '../../src/figures/theme.js'
import { DataTable } from './data-table.js'
import { drawNever, drawSoon } from './draw-queue.js'
import { ExportMenu } from './export-menu.js'
import { movingMarks } from './moving-marks.js'
import type { MovingMark, PictureSpec, Provenance } from './picture-spec.js'

export interface PictureProps {
  /** Names exported files; unique in the page. */
  readonly name: string
  readonly title: string
  /** Px, for a width of up to 560; wider pictures are no higher. */
  readonly height?: number
  /** Read in an effect: whatever signals it reads redraw the picture. Undefined while there is nothing to draw. */
  readonly spec: () => PictureSpec | undefined
  /** Read in an effect of its own: marks that move without a new drawing. */
  readonly moving?: () => readonly MovingMark[]
  readonly provenance: () => Provenance
  /** Called with x in the units of the axis, where the picture was clicked. */
  readonly onPick?: (x: number, y: number) => void
}

const context: FigureContext = { document, theme: pageTheme }

/** A picture with its summary, its data and its exports. Drawn where it is in view, one picture a frame. */
export function Picture({ name, title, height = 300, spec, moving, provenance, onPick }: PictureProps) {
  const id = useId()
  const frame = useRef<HTMLDivElement>(null)
  const summary = useSignal('')
  const width = useSignal(0)
  const visible = useSignal(false)

  useEffect(() => observeSize(frame.current!, width), [])
  useEffect(() => observeView(frame.current!, visible), [])
  useEffect(() => {
    const holder = frame.current!
    const owner = {}
    let drawn: Panel | undefined
    let over: { readonly group: SVGGElement; readonly frame: Box } | undefined
    const drawMoving = () => {
      if (over === undefined || drawn === undefined) return
      const marks = moving?.() ?? []
      over.group.replaceChildren(...movingMarks(marks, over.frame, drawn, context))
    }
    const stopDrawing = effect(() => {
      const present = visible.value && width.value > 0 ? spec() : undefined
      if (present === undefined) return
      const size = { width: width.value, height }
      drawSoon(owner, () => {
        const panel = { ...present.panel(pageTheme, size), box: { x: 0, y: 0, ...size } }
        const svg = composeFigure(
          { id: `p${id}`, title, description: present.summary, ...size, panels: [panel] },
          context,
        )
        withoutInnerNames(svg)
        const group = element(document, 'g', { 'data-moving': '' })
        svg.append(group)
        svg.style.display = 'block'
        return () => {
          summary.value = present.summary
          drawn = panel
          over = { group, frame: frameOf(panel, context) }
          holder.replaceChildren(svg)
          drawMoving()
        }
      })
    })
    const stopMoving = effect(() => {
      moving?.()
      drawMoving()
    })
    const pick = (event: MouseEvent) => {
      if (drawn === undefined) return
      const at = placeOf(event, holder, drawn)
      if (at !== undefined) onPick?.(at.x, at.y)
    }
    if (onPick !== undefined) holder.addEventListener('click', pick)
    return () => {
      stopDrawing()
      stopMoving()
      drawNever(owner)
      holder.removeEventListener('click', pick)
    }
  }, [])

  return (
    <figure class="picture" data-picture={name}>
      <div class="drawing" ref={frame} style={{ minHeight: `${height}px` }} />
      <figcaption>
        <p class="summary">{summary}</p>
        <div class="tools">
          <DataTable title={title} spec={spec} />
          <ExportMenu name={name} title={title} height={height} spec={spec} provenance={provenance} />
        </div>
      </figcaption>
    </figure>
  )
}

/** Plot names the groups inside of a drawing after its marks, which is nothing to say inside of an image. */
function withoutInnerNames(svg: SVGSVGElement): void {
  for (const named of svg.querySelectorAll('[aria-label]')) named.removeAttribute('aria-label')
}

function observeSize(holder: HTMLElement, width: { value: number }): () => void {
  const observer = new ResizeObserver(([entry]) => {
    width.value = Math.round(entry!.contentRect.width)
  })
  observer.observe(holder)
  return () => observer.disconnect()
}

function observeView(holder: HTMLElement, visible: { value: boolean }): () => void {
  const observer = new IntersectionObserver(
    entries => {
      visible.value = entries.at(-1)!.isIntersecting
    },
    { rootMargin: '100px' },
  )
  observer.observe(holder)
  return () => observer.disconnect()
}

/** A click as a point in the units of the axes; undefined outside the frame. */
function placeOf(event: MouseEvent, holder: HTMLElement, panel: Panel) {
  const box = holder.getBoundingClientRect()
  const frame = frameOf(panel, context)
  const across = (event.clientX - box.left - frame.x) / frame.width
  const up = 1 - (event.clientY - box.top - frame.y) / frame.height
  if (across < 0 || across > 1 || up < 0 || up > 1) return undefined
  return { x: valueAt(across, panel.x), y: valueAt(up, panel.y) }
}

function valueAt(share: number, { domain: [low, high], scale }: Panel['x']): number {
  return scale === 'log' ? low * (high / low) ** share : low + share * (high - low)
}
