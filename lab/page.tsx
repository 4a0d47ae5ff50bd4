import { useSignal } from '@preact/signals'
import type { ComponentChild } from 'preact'
import { useEffect, useRef } from 'preact/hooks'
import { HelpSheet } from './help.js'
import { listenToKeys } from './keys.js'
import { bringIntoView, openOnce, presentLink, take } from './link-sync.js'
import { rooms } from './rooms/registry.js'
import type { Room } from './rooms/room.js'
import { currentRoom } from './state/page.js'
import { type Preset, presets } from './state/presets.js'
import { Announcer, announce } from './ui/announce.js'

/** The whole page. */
export function Page({
  version,
  missing,
}: {
  readonly version: string
  readonly missing: string | undefined
}) {
  const help = useRef<HTMLDialogElement>(null)
  const showHelp = () => help.current?.showModal()
  useEffect(() => listenToKeys(showHelp, missing === undefined), [])
  return (
    <>
      <header>
        <h1>
          ghostpoint <span>lab</span>
        </h1>
        <nav aria-label="Rooms">
          {rooms.map(({ id, title }) => (
            <a
              key={id}
              href={`#room=${id}`}
              aria-current={currentRoom.value === id ? 'true' : undefined}
              onClick={event => goTo(event, id)}
            >
              {title}
            </a>
          ))}
        </nav>
        <div class="page-tools">
          {missing === undefined && <PresetMenu />}
          <button type="button" onClick={copyLink}>
            Copy link
          </button>
          <button type="button" onClick={showHelp} aria-keyshortcuts="?">
            Help
          </button>
        </div>
      </header>
      <main>
        {missing !== undefined && (
          <p class="missing" role="alert">
            {missing}
          </p>
        )}
        {rooms.map(room => (
          <RoomSection key={room.id} room={room} works={missing === undefined} />
        ))}
      </main>
      <footer>
        <p>
          ghostpoint {version}: the ghost mechanism of abrupt learning (
          <a href="https://arxiv.org/abs/2501.02378v1">arXiv:2501.02378</a>), computed in this page.
        </p>
      </footer>
      <Announcer />
      <HelpSheet sheet={help} />
    </>
  )
}

function goTo(event: Event, id: string): void {
  event.preventDefault()
  currentRoom.value = id
  bringIntoView(id)
  document.getElementById(id)?.focus({ preventScroll: true })
}

function PresetMenu() {
  const groups = [...new Set(presets.map(({ group }) => group))]
  return (
    <select
      aria-label="Presets"
      onChange={event => {
        const { value } = event.currentTarget
        if (value !== '') show(presets[Number(value)]!)
      }}
      // Not before: keys go on from the one that is chosen.
      onBlur={event => (event.currentTarget.value = '')}
    >
      <option value="">Presets…</option>
      {groups.map(group => (
        <optgroup key={group} label={group}>
          {presets.map((preset, i) =>
            preset.group === group ? (
              <option key={preset.title} value={i}>
                {preset.title}
              </option>
            ) : null,
          )}
        </optgroup>
      ))}
    </select>
  )
}

function show({ title, link }: Preset): void {
  take(link)
  announce(title)
}

async function copyLink(): Promise<void> {
  await copy(presentLink(), 'link')
}

async function copy(text: string, what: string): Promise<void> {
  try {
    await navigator.clipboard.writeText(text)
    announce(`${what} copied`)
  } catch {
    announce(`${what}: ${text}`)
  }
}

function RoomSection({ room, works }: { readonly room: Room; readonly works: boolean }) {
  const { id, title, prose, View } = room
  const section = useRef<HTMLElement>(null)
  // The room that a reader uses is the one that keys are for, wherever the page is scrolled to.
  const attend = () => {
    currentRoom.value = id
  }
  useEffect(() => (works ? watchView(section.current!, room) : undefined), [])
  const copyCommand = async () => {
    const command = room.command()
    if (command === undefined) announce('there is no command for what is seen here')
    else await copy(command, 'command')
  }
  return (
    <section
      class="room"
      id={id}
      ref={section}
      tabIndex={-1}
      aria-labelledby={`${id}-title`}
      onPointerDown={attend}
      onFocusIn={attend}
    >
      <div class="room-head">
        <h2 id={`${id}-title`}>{title}</h2>
        <button type="button" class="quiet" onClick={copyCommand} aria-label={`Copy as command: ${title}`}>
          Copy as command
        </button>
      </div>
      <Prose>{prose}</Prose>
      {works && (
        <div class="view">
          <View />
        </div>
      )}
    </section>
  )
}

/** A room's text; where it would fill the whole view, only its beginning until a reader wants the rest. */
function Prose({ children }: { readonly children: ComponentChild }) {
  const whole = useSignal(false)
  return (
    <div class={whole.value ? 'prose whole' : 'prose'}>
      {children}
      {!whole.value && (
        <button type="button" class="read-on" onClick={() => (whole.value = true)}>
          Read on
        </button>
      )}
    </div>
  )
}

/** The rooms that reach into the middle of the view, the one that came last at the end. */
let inMiddle: readonly string[] = []

/** Opens a room when it comes into view, and makes it the one that keys are for while it fills most of the view. */
function watchView(section: HTMLElement, room: Room): () => void {
  const opener = new IntersectionObserver(entries => {
    if (entries.some(({ isIntersecting }) => isIntersecting)) openOnce(room)
  })
  const middle = new IntersectionObserver(
    entries => {
      const others = inMiddle.filter(id => id !== room.id)
      inMiddle = entries.at(-1)!.isIntersecting ? [...others, room.id] : others
      // One that leaves may leave another alone in the middle.
      currentRoom.value = inMiddle.at(-1) ?? currentRoom.peek()
    },
    { rootMargin: '-45% 0px -45% 0px' },
  )
  opener.observe(section)
  middle.observe(section)
  return () => {
    opener.disconnect()
    middle.disconnect()
  }
}
