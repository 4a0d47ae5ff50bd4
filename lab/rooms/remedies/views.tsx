import { computed } from '@preact/signals'
import type { ComponentChildren } from 'preact'
import { formatCount } from '../../../src/figures/numbers.js'
import { ChoiceControl, NumberControl } from '../../ui/controls.js'
import { Picture } from '../../ui/picture.js'
import { provenanceOf } from '../../ui/provenance.js'
import { Segments } from '../../ui/segments.js'
import { Transport } from '../../ui/transport.js'
import * as confidence from './confidence-pictures.js'
import { ConfidenceFacts, ManyFacts, RankFacts } from './facts.js'
import { manyJob, pairJob } from './jobs.js'
import { manySpec, narrow, seedAt } from './many-pictures.js'
import { MomentButtons } from './moment-buttons.js'
import {
  change,
  changeConfidence,
  changeSpeed,
  end,
  many,
  pair,
  place,
  player,
  roomId,
  scrub,
} from './player.js'
import * as rank from './rank-pictures.js'
import { SeedChooser, showAlone } from './seed-chooser.js'
import { experiment, state, values } from './state.js'

const { fields } = state

/** Pictures and controls of the room. */
export function View() {
  const shown = experiment()
  const failure = shown === 'many' ? many.failure.value : pair.failure.value
  return (
    <>
      <Segments field={fields.what} value={values.what} onChange={change('what')} />
      {failure !== undefined && (
        <p class="failure" role="alert">
          {failure}
        </p>
      )}
      {shown === 'confidence' && <ConfidenceView key="confidence" />}
      {shown === 'rank' && <RankView key="rank" />}
      {shown === 'many' && <ManyView key="many" />}
    </>
  )
}

const scrubber = {
  label: 'Epoch',
  at: place,
  end,
  onMove: scrub,
  text: computed(() => `${formatCount(place.value)} of ${formatCount(values.epochs.value)}`),
}

/** The controls of an experiment with what they set: above it, but on a narrow screen below its pictures. */
function Experiment({ controls, children }: { controls: ComponentChildren; children: ComponentChildren }) {
  const fieldset = <div class="controls">{controls}</div>
  return (
    <>
      {!narrow.value && fieldset}
      {children}
      {narrow.value && fieldset}
    </>
  )
}

function ConfidenceView() {
  return (
    <>
      <Transport player={player} scrubber={scrubber} />
      <Experiment
        controls={
          <>
            <NumberControl field={fields.c} value={values.c} onChange={changeConfidence} />
            <NumberControl field={fields.seed} value={values.seed} onChange={change('seed')} />
            <NumberControl field={fields.rate} value={values.rate} onChange={change('rate')} />
            <CommonControls />
          </>
        }
      >
        <ConfidenceShown />
      </Experiment>
    </>
  )
}

function ConfidenceShown() {
  const searching = pair.searching.value
  return (
    <>
      {searching !== undefined && <p class="note">Looking for a seed that collapses: {searching} …</p>}
      {keptIt() && (
        <p class="note" role="status">
          Seed {values.seed.value} does not collapse within {formatCount(values.epochs.value)} epochs.{' '}
          <button type="button" onClick={() => player.renew()}>
            {player.renewLabel}
          </button>
        </p>
      )}
      <ConfidenceFacts />
      <MomentButtons />
      <div class="pictures">
        <Picture
          name="confidence-loss"
          title="Loss of both twins"
          spec={confidence.lossSpec}
          moving={confidence.movingMarks('loss')}
          provenance={provenance}
          onPick={scrub}
        />
        <Picture
          name="confidence-outputs"
          title="Outputs of both twins"
          spec={confidence.answersSpec}
          provenance={provenance}
        />
        <Picture
          name="confidence-close-up"
          title="Loss of both twins, close up"
          spec={confidence.closeUpSpec}
          moving={confidence.movingMarks('loss')}
          provenance={provenance}
          onPick={scrub}
        />
        <Picture
          name="confidence-gradient"
          title="Gradient norm of both twins"
          spec={confidence.gradientSpec}
          moving={confidence.movingMarks('gradientNorm')}
          provenance={provenance}
          onPick={scrub}
        />
      </div>
    </>
  )
}

/** Whether the training came to its end without a collapse. */
function keptIt(): boolean {
  const now = pair.progress.value
  return now?.ended === true && now.twins[0]?.firstCollapse === undefined
}

function RankView() {
  return (
    <>
      <Transport player={player} scrubber={scrubber} />
      <Experiment
        controls={
          <>
            <ChoiceControl field={fields.K} value={values.K} onChange={change('K')} />
            <NumberControl field={fields.seed} value={values.seed} onChange={change('seed')} />
            <NumberControl field={fields.rateK} value={values.rateK} onChange={change('rateK')} />
            <CommonControls />
          </>
        }
      >
        <RankShown />
      </Experiment>
    </>
  )
}

function RankShown() {
  return (
    <>
      <RankFacts />
      <MomentButtons />
      <div class="pictures">
        <div class="wide">
          <Picture
            name="rank-loss"
            title="Loss of both networks"
            height={320}
            spec={rank.lossSpec}
            moving={rank.movingMarks('loss')}
            provenance={provenance}
            onPick={scrub}
          />
        </div>
        <Picture
          name="rank-gradient"
          title="Gradient norm of both networks"
          spec={rank.gradientSpec}
          moving={rank.movingMarks('gradientNorm')}
          provenance={provenance}
          onPick={scrub}
        />
        <Picture
          name="rank-outputs"
          title="Outputs of both networks"
          spec={rank.answersSpec}
          provenance={provenance}
        />
      </div>
    </>
  )
}

function ManyView() {
  return (
    <>
      <Transport player={player} />
      <Experiment controls={<ManyControls />}>
        <ManyShown />
      </Experiment>
    </>
  )
}

function ManyControls() {
  const network = values.net.value
  return (
    <>
      <ChoiceControl field={fields.net} value={values.net} onChange={change('net')} />
      {network === 'K' && (
        <ChoiceControl field={{ ...fields.K, label: 'Rank K' }} value={values.K} onChange={change('K')} />
      )}
      {network === 'lowered' && (
        <NumberControl field={fields.c} value={values.c} onChange={changeConfidence} />
      )}
      <NumberControl field={fields.first} value={values.first} onChange={change('first')} />
      {network === 'K' ? (
        <NumberControl key="rateK" field={fields.rateK} value={values.rateK} onChange={change('rateK')} />
      ) : (
        <NumberControl key="rate" field={fields.rate} value={values.rate} onChange={change('rate')} />
      )}
      <CommonControls />
      <SeedChooser />
    </>
  )
}

function ManyShown() {
  return (
    <>
      <ManyFacts />
      <Picture
        key={narrow.value ? 'narrow' : 'wide'}
        name="forty-seeds"
        title="Loss of forty seeds"
        height={narrow.value ? 560 : 420}
        spec={manySpec}
        provenance={provenance}
        onPick={(x, y) => {
          const seed = seedAt(x, y)
          if (seed !== undefined) showAlone(seed)
        }}
      />
    </>
  )
}

function CommonControls() {
  return (
    <>
      <NumberControl field={fields.epochs} value={values.epochs} onChange={change('epochs')} />
      <ChoiceControl field={fields.speed} value={values.speed} onChange={changeSpeed} />
    </>
  )
}

const provenance = () =>
  provenanceOf({ id: roomId, title: 'The remedies' }, state, {
    ...(experiment() === 'many' ? manyJob() : pairJob()),
  })
