/**
 * The ghost mechanism of abrupt learning (arXiv:2501.02378): closed forms, trainings, and the ghosts in them.
 * What is exported here is the public API; nothing else is. Runs in Node and in browsers.
 *
 * @packageDocumentation
 */
export { type LatentGhost, type LatentPortrait, latentPortrait } from './dynamics/latent-ghost.js'
export { type FollowOptions, followLatentFlow, type LatentLife, portraitAt } from './dynamics/latent-life.js'
export {
  type FixedPoint,
  type FlowSkeleton,
  flowSkeleton,
  type ScalarFlow,
  type SkeletonOptions,
  type SlowPoint,
} from './dynamics/scalar-flow.js'
export type { ParameterArray } from './models/parameters.js'
export {
  initialiseRankOne,
  initialKappa,
  latentFlow,
  type RankOneModel,
  type RankOneParameters,
  rankOneViews,
} from './models/rank-one.js'
export { publishedToy, simulateToy, type ToySimulation, type ToyTrial } from './models/toy.js'
export { TorchGenerator, type TorchGeneratorState } from './numerics/torch-generator.js'
export { InputError } from './settings/input-error.js'
export {
  type Precision,
  parseSettings,
  type Settings,
  type SettingsInput,
  settingsJsonSchema,
} from './settings/settings.js'
export { type DelayedActivationIntervals, delayedActivation } from './tasks/delayed-activation.js'
export type { Task } from './tasks/task.js'
export {
  criticalLearningRate,
  fateOfRate,
  type RateFate,
  shortResponseCriticalRate,
} from './theory/critical-rate.js'
export {
  type DelayedActivationTimes,
  loss,
  lossGradient,
  type Normalisation,
  optimum,
  switchingTime,
  zoneEdge,
} from './theory/delayed-activation.js'
export {
  type ReadOut,
  restingLoss,
  restingLossGradient,
  restingOutput,
  zoneGradientScale,
} from './theory/finite-confidence.js'
export {
  arrivalEpoch,
  arrivalSlopeRatio,
  type GradientFlow,
  gradientFlowLoss,
  gradientFlowParameter,
} from './theory/gradient-flow.js'
export { lossFloor, type OscillationBand, oscillationBand, relativeStep } from './theory/oscillation.js'
export {
  blowUpTime,
  type FixedPointPair,
  fixedPointPair,
  fullPassageTime,
  trajectory,
  windowPassageTime,
} from './theory/saddle-node.js'
export { createTrainer } from './training/create-trainer.js'
export type { Events } from './training/events.js'
export type { History, HistoryRow } from './training/history.js'
export { type CriticalRateMeasurement, measureCriticalRate } from './training/measured-critical-rate.js'
export { descendToy, entersZone, type ToyDescent } from './training/toy-descent.js'
export { type TrainingResult, type TrainingStatus, type TrainOptions, train } from './training/train.js'
export type { Snapshot, Stretch, Trainer } from './training/trainer.js'
