/**
 * The ghost mechanism of abrupt learning (arXiv:2501.02378): closed forms, trainings, and the ghosts in them.
 * What is exported here is the public API; nothing else is. Runs in Node and in browsers.
 *
 * @packageDocumentation
 */
export { type CanonicalForm, reduceToCanonicalForm } from './dynamics/canonical-form.js'
export { createFlow, createMap, type FlowDefinition, type MapDefinition } from './dynamics/create-flow.js'
export { type Decision, drivenDecision, rankOneDecision } from './dynamics/decision.js'
export { type Flow, speedEnergy } from './dynamics/flow.js'
export {
  type FlowMap,
  type FlowMapOptions,
  flowMap,
  type MappedPath,
  type MappedPoint,
  type Path,
  type Place,
  type ShownPoint,
} from './dynamics/flow-map.js'
export {
  type FollowSlowPointsOptions,
  followSlowPoints,
  type SlowPointFinder,
  type SlowPointLife,
  type SlowPointLives,
  type SlowPointSight,
} from './dynamics/follow-slow-points.js'
export {
  type Bifurcation,
  type GhostFate,
  type GhostLife,
  type GhostSpell,
  ghostLife,
} from './dynamics/ghost-life.js'
export type { GhostPoint } from './dynamics/ghost-tests.js'
export type { GhostVisit } from './dynamics/ghost-visits.js'
export {
  type ComputedTrajectory,
  type IntegrateOptions,
  type IterateOptions,
  integrate,
  iterate,
  type Trajectory,
} from './dynamics/integrate.js'
export { type LatentGhost, type LatentPortrait, latentPortrait } from './dynamics/latent-ghost.js'
export { type FollowOptions, followLatentFlow, type LatentLife, portraitAt } from './dynamics/latent-life.js'
export {
  autonomousWeights,
  drivenWeights,
  latentNetworkFlow,
  latentOf,
  type NetworkWeights,
  rankOneWeights,
  stateFlow,
  stateOf,
} from './dynamics/network-flow.js'
export { type Passage, simulatePassage } from './dynamics/passage.js'
export {
  type FlowSkeleton,
  flowSkeleton,
  type LineFixedPoint,
  type LineSlowPoint,
  type ScalarFlow,
  type SkeletonOptions,
} from './dynamics/scalar-flow.js'
export type { RejectedSearch, SlowPoint, SlowPointKind } from './dynamics/slow-point.js'
export { findSlowPoints, type SlowPointOptions, type SlowPointSearch } from './dynamics/slow-points.js'
export {
  type EigenvalueCrossing,
  eigenvalueCrossings,
  followEigenvalues,
  type SpectralPath,
} from './dynamics/spectral-path.js'
export { type SwitchingSteps, switchingStep, switchingSteps } from './dynamics/switching-step.js'
export { toyFlow } from './dynamics/toy-flow.js'
export { type GhostTrace, type TracedGhost, type TraceOptions, traceGhosts } from './dynamics/trace-ghosts.js'
export { drawStarts, ownVisits } from './dynamics/visited-states.js'
export { type NpyArray, npyBytes, openNpy, readNpy } from './formats/npy.js'
export { npzBytes, openNpz, readNpz } from './formats/npz.js'
export { openSafetensors, readSafetensors, safetensorsBytes } from './formats/safetensors.js'
export { adoptKernelModule, kernelModule } from './kernel/kernel-module.js'
export type { Moments, NetworkKernel, TrainingCall } from './kernel/network-kernel.js'
export {
  type AutonomousModel,
  type AutonomousParameters,
  autonomousLayout,
  autonomousViews,
  initialiseAutonomous,
} from './models/autonomous.js'
export {
  type DrivenModel,
  type DrivenParameters,
  drivenLayout,
  drivenViews,
  initialiseDriven,
} from './models/driven.js'
export type { FoundNetwork, FoundReadOut } from './models/found-network.js'
export type { ParameterArray, ParameterShape } from './models/parameters.js'
export {
  initialiseRankOne,
  initialKappa,
  latentFlow,
  type RankOneModel,
  type RankOneParameters,
  rankOneLayout,
  rankOneViews,
} from './models/rank-one.js'
export { type NetworkNames, recogniseNetwork } from './models/recognise-network.js'
export type { NetworkShape, Rank, RecurrentWeights } from './models/recurrence.js'
export type { StoredArray } from './models/stored-array.js'
export { publishedToy, simulateToy, type ToySimulation, type ToyTrial } from './models/toy.js'
export { type Spectrum, spectrum } from './numerics/linear-algebra.js'
export { type PrincipalComponents, principalComponents } from './numerics/principal-components.js'
export { distanceOff, lift, project, type Subspace } from './numerics/subspace.js'
export { TorchGenerator, type TorchGeneratorState } from './numerics/torch-generator.js'
export { InputError } from './settings/input-error.js'
export {
  type Precision,
  parseSettings,
  type Settings,
  type SettingsInput,
  settingsJsonSchema,
} from './settings/settings.js'
export { type CueDiscriminationIntervals, cueDiscrimination } from './tasks/cue-discrimination.js'
export { type DelayedActivationIntervals, delayedActivation } from './tasks/delayed-activation.js'
export { type MatchToSampleIntervals, matchToSample } from './tasks/match-to-sample.js'
export type { OutputFunction, Task } from './tasks/task.js'
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
export { type AutonomousKernelTrainerOptions, autonomousKernelTrainer } from './training/autonomous-kernel.js'
export { autonomousReference } from './training/autonomous-reference.js'
export type { Conditions } from './training/conditions.js'
export { createTask, createTrainer } from './training/create-trainer.js'
export { type Disturbance, type NoiseLevels, type NoiseSource, noiseSource } from './training/disturbance.js'
export { type DrivenKernelTrainerOptions, drivenKernelTrainer } from './training/driven-kernel.js'
export { drivenReference } from './training/driven-reference.js'
export { EventDetector, type Events, eventThresholds } from './training/events.js'
export { type History, type HistoryRow, Recorder, type RecorderOptions } from './training/history.js'
export { type KernelTrainerOptions, kernelTrainer, type TrainingStart } from './training/kernel-trainer.js'
export { type CriticalRateMeasurement, measureCriticalRate } from './training/measured-critical-rate.js'
export type { Evaluation, Objective } from './training/objective.js'
export type { OptimizerChoice } from './training/optimizer.js'
export { type RankOneKernelTrainerOptions, rankOneKernelTrainer } from './training/rank-one-kernel.js'
export { rankOneReference } from './training/rank-one-reference.js'
export { type ReferenceTrainerOptions, referenceTrainer } from './training/reference-trainer.js'
export { descendToy, entersZone, type ToyDescent } from './training/toy-descent.js'
export { type TrainingResult, type TrainingStatus, type TrainOptions, train } from './training/train.js'
export type { AdamState, Snapshot, Stretch, Trainer } from './training/trainer.js'
export { Summariser, type TrainingSummary } from './training/training-summary.js'
