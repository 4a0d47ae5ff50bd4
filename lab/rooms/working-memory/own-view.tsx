import { useSignal } from '@preact/signals'
import { useEffect, useId, useRef } from 'preact/hooks'
import { formatCount, formatNumber } from '../../../src/figures/numbers.js'
import type { Provenance } from '../../ui/picture-spec.js'
import type { OwnAnalysis, OwnNetwork } from '../../work/own-network.js'
import { ArrayChoice } from './array-choice.js'
import {
  analyseCommand,
  arrayLine,
  arrays,
  cancel,
  file,
  forgetFile,
  mostBytes,
  openFile,
  search,
  stage,
} from './own.js'
import { OwnResults } from './own-results.js'

/** The part of the room for a network of the reader's own. */
export function OwnView({ provenance }: { readonly provenance: () => Provenance }) {
  return (
    <section class="memory-own" aria-labelledby="memory-own-title">
      <h3 id="memory-own-title">A network of your own</h3>
      <div class="memory-text">
        <p>
          Drop a trained network here and see where its own flow is slow. The file is read by this page alone:
          it never leaves your browser. Accepted are tanh networks in <code>.npz</code> or{' '}
          <code>.safetensors</code>: an <code>nn.RNN</code> of PyTorch, what{' '}
          <code>ghostpoint train --parameters</code> writes, or any file with a square matrix of recurrent
          weights. At most {mostBytes / 1e6} MB.
        </p>
      </div>
      <DropZone />
      <StageView provenance={provenance} />
      <Python />
    </section>
  )
}

function take(files: FileList | null | undefined): void {
  const [given] = files ?? []
  if (given !== undefined) openFile(given)
}

function DropZone() {
  const over = useSignal(false)
  useEffect(keepPage, [])
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the button inside does the same from the keyboard
    <div
      class="memory-drop"
      data-over={over.value ? '' : undefined}
      onDragOver={event => {
        event.preventDefault()
        over.value = true
      }}
      onDragLeave={() => (over.value = false)}
      onDrop={event => {
        event.preventDefault()
        over.value = false
        take(event.dataTransfer?.files)
      }}
    >
      <p>{file.value === undefined ? 'Drop a file here, or' : `${file.value.name}. Drop another one, or`}</p>
      <FileButton />
      {file.value !== undefined && (
        <button type="button" onClick={forgetFile}>
          Put it away
        </button>
      )}
    </div>
  )
}

function FileButton() {
  const input = useRef<HTMLInputElement>(null)
  return (
    <>
      <button type="button" onClick={() => input.current?.click()}>
        Choose a file
      </button>
      <input
        ref={input}
        type="file"
        accept=".npz,.safetensors"
        aria-label="File of a network"
        hidden
        onChange={event => {
          take(event.currentTarget.files)
          // The same file may be chosen again after it was changed.
          event.currentTarget.value = ''
        }}
      />
    </>
  )
}

/** A file that misses the zone must not take the place of the page. */
function keepPage(): () => void {
  const keep = (event: DragEvent) => event.preventDefault()
  addEventListener('dragover', keep)
  addEventListener('drop', keep)
  return () => {
    removeEventListener('dragover', keep)
    removeEventListener('drop', keep)
  }
}

function StageView({ provenance }: { readonly provenance: () => Provenance }) {
  const present = stage.value
  switch (present.kind) {
    case 'nothing':
      return null
    case 'reading':
      return <p role="status">Reading {file.value?.name} …</p>
    case 'searching':
      return <Searching {...present} />
    case 'cancelled':
      return (
        <p role="status">
          The search was cancelled. <SearchAgain initial={10} />
        </p>
      )
    case 'refused':
      return (
        <>
          <div class="failure" role="alert">
            <p>{present.message}</p>
            {arrays.value.length > 0 && !present.message.includes('it holds') && (
              <p>The file holds {arrays.value.map(arrayLine).join(', ')}.</p>
            )}
          </div>
          <ArrayChoice />
        </>
      )
    case 'analysed':
      return <Analysed {...present} provenance={provenance} />
  }
}

interface SearchingProps {
  readonly network: OwnNetwork
  readonly starts: number
  readonly done: number
  readonly seconds: number
}

function Searching({ network, starts, done, seconds }: SearchingProps) {
  const id = useId()
  const left = done === 0 ? undefined : (seconds / done) * (starts - done)
  const time =
    left === undefined
      ? ''
      : left < 1
        ? ', nearly done'
        : `, about ${formatNumber(Math.ceil(left), 2)} s left`
  return (
    <div class="memory-searching">
      <label for={id}>
        {networkText(network)} {formatCount(done)} of {formatCount(starts)} searches{time}.
      </label>
      <progress id={id} max={starts} value={done} />
      <button type="button" onClick={cancel}>
        Cancel
      </button>
    </div>
  )
}

function Analysed({
  network,
  starts,
  analysis,
  provenance,
}: {
  readonly network: OwnNetwork
  readonly starts: number
  readonly analysis: OwnAnalysis
  readonly provenance: () => Provenance
}) {
  const lost = analysis.rejected.reduce((sum, [, count]) => sum + count, 0)
  const reasons = analysis.rejected.map(([reason, count]) => `${count}: ${reason}`).join('; ')
  return (
    <>
      <p>
        {networkText(network)} {formatCount(starts)} searches from states of its own runs without input found{' '}
        {formatCount(analysis.points.length)} slow points
        {lost === 0 ? '' : `; ${formatCount(lost)} ended at none (${reasons})`}. What no search leads to is
        not found: more searches find more.
      </p>
      <SearchAgain initial={Math.min(1000, 2 * starts)} />
      <p>
        The same on the command line: <code>{analyseCommand()}</code>
      </p>
      <OwnResults network={network} analysis={analysis} provenance={provenance} />
    </>
  )
}

const kinds: Readonly<Record<OwnNetwork['found']['source'], string>> = {
  'rank-one': 'A rank-one network',
  autonomous: 'An autonomous network',
  driven: 'A driven network',
  'nn.RNN': 'An nn.RNN',
  'named arrays': 'A network',
}

/** What was recognised. */
function networkText({ found, coordinates, dimension }: OwnNetwork): string {
  const { source, neurons, recurrent, leak, names } = found
  const rank = recurrent.left === undefined ? 'full rank' : `rank ${recurrent.left.length / neurons}`
  const used = Object.values(names).join(', ')
  const variables = dimension === 1 ? 'latent variable' : `${dimension} latent variables`
  const where = coordinates === 'latent' ? `in its ${variables}` : 'in its states'
  return `${kinds[source]} of ${formatCount(neurons)} neurons, ${rank}, α = ${leak}, from ${used}, searched ${where}.`
}

function SearchAgain({ initial }: { readonly initial: number }) {
  const id = useId()
  const count = useSignal(initial)
  return (
    <span class="memory-again">
      <label for={id}>Searches</label>
      <input
        id={id}
        type="number"
        min={1}
        max={1000}
        step={1}
        value={count.value}
        onChange={event => {
          const wanted = Math.round(event.currentTarget.valueAsNumber)
          if (!Number.isNaN(wanted)) count.value = Math.min(1000, Math.max(1, wanted))
          event.currentTarget.value = String(count.value)
        }}
      />
      <button type="button" onClick={() => search(count.value)}>
        Search again
      </button>
    </span>
  )
}

const python = `import numpy as np
np.savez('rnn.npz', **{name: array.numpy() for name, array in model.cpu().state_dict().items()})`

function Python() {
  return (
    <details class="memory-more">
      <summary>From PyTorch in two lines</summary>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls has to be reached */}
      <section class="memory-code" tabIndex={0} aria-label="Python">
        <pre>{python}</pre>
      </section>
    </details>
  )
}
