/**
 * The report's script that turns views in three dimensions: by dragging, or with the arrow keys once a view has the
 * focus; Escape turns it back. Without the script the views stand as they were drawn. Elements hold their places in
 * `data-at`, groups their px per unit in `data-unit`, views their angles in `data-turn`; the projection is that of
 * figures/figure-5/projection.ts.
 */
export const turningScript = `
for (const view of document.querySelectorAll('[data-turn]')) {
  const start = view.dataset.turn.split(',').map(Number)
  let [yaw, pitch] = start
  const parts = [...view.querySelectorAll('[data-unit]')].flatMap(group =>
    [...group.querySelectorAll('[data-at]')].map(item => ({
      item,
      unit: Number(group.dataset.unit),
      places: item.dataset.at.split(';').map(place => place.split(',').map(Number)),
    })))
  const draw = () => {
    const [a, b] = [yaw * Math.PI / 180, pitch * Math.PI / 180]
    for (const { item, unit, places } of parts) {
      const pixels = places.map(([p, q, r]) => {
        const depth = p * Math.sin(a) + q * Math.cos(a)
        return [p * Math.cos(a) - q * Math.sin(a), -(r * Math.cos(b) + depth * Math.sin(b))]
          .map(value => (value * unit).toFixed(1)).join()
      })
      if (item.localName === 'path') item.setAttribute('d', 'M' + pixels.join('L'))
      else item.setAttribute('transform', 'translate(' + pixels[0] + ')')
    }
  }
  const turn = (by, up) => {
    yaw += by
    pitch = Math.max(-90, Math.min(90, pitch + up))
    draw()
  }
  // What is in an image has no role of its own.
  view.closest('svg').setAttribute('role', 'group')
  view.setAttribute('tabindex', '0')
  view.setAttribute('role', 'application')
  view.setAttribute('aria-label', 'View in three dimensions: drag or use the arrow keys to turn it, Escape to turn it back')
  view.style.cursor = 'grab'
  view.style.touchAction = 'none'
  let from
  view.addEventListener('pointerdown', event => {
    from = [event.clientX, event.clientY]
    view.setPointerCapture(event.pointerId)
  })
  view.addEventListener('pointermove', event => {
    if (from === undefined) return
    turn((event.clientX - from[0]) / 2, (event.clientY - from[1]) / 2)
    from = [event.clientX, event.clientY]
  })
  for (const end of ['pointerup', 'pointercancel']) view.addEventListener(end, () => { from = undefined })
  const keys = { ArrowLeft: [-5, 0], ArrowRight: [5, 0], ArrowUp: [0, 5], ArrowDown: [0, -5] }
  view.addEventListener('keydown', event => {
    if (event.key === 'Escape') [yaw, pitch] = start
    else if (!(event.key in keys)) return
    event.preventDefault()
    turn(...(keys[event.key] ?? [0, 0]))
  })
}
`
