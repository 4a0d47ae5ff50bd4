// What the module exports: what each network's host needs, and the parts that are tested by themselves.
export {
  rankOneGradient,
  rankOneGradientNorm,
  rankOneInitialState,
  rankOneLayOut,
  rankOneLoss,
  rankOneMeans,
  rankOneNeurons,
  rankOneOutputs,
  rankOneParameters,
  rankOneSquares,
  rankOneStored,
  rankOneTargets,
  rankOneTrain,
  rankOneWeights,
} from './rank-one'
export { recurrentSetUp, recurrentTrain } from './recurrent'
export {
  recurrentCoefficients,
  recurrentGradient,
  recurrentGradientNorm,
  recurrentInputs,
  recurrentLayOut,
  recurrentLoss,
  recurrentMeans,
  recurrentOutputs,
  recurrentParameters,
  recurrentSquares,
  recurrentStored,
  recurrentTargets,
  recurrentWeights,
  recurrentWidth,
} from './recurrent-memory'
