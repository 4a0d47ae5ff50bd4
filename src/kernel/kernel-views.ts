import type { KernelInstance } from './kernel-module.js'
import type { NetworkKernel } from './network-kernel.js'
import type { StoredParameters } from './stored-parameters.js'

export interface KernelViewsOptions {
  /** What the kernel's exported variables begin with. */
  readonly prefix: 'rankOne' | 'recurrent'
  /** How the kernel stores its parameters, and gradient and moments likewise. */
  readonly parameters: StoredParameters
  readonly epochsAtOnce: number
  /** Outputs of one epoch. */
  readonly outputs: number
  readonly train: NetworkKernel['train']
}

/** The host's side of any kernel whose memory is laid out and provided: its results and parameters. */
export function kernelViews(instance: KernelInstance, options: KernelViewsOptions): NetworkKernel {
  const { prefix, parameters, epochsAtOnce, outputs: length, train } = options
  const stored = instance.value(`${prefix}Stored`)
  const storage = (name: string) => instance.floats(`${prefix}${name}`, stored)
  const [values, gradient] = [storage('Parameters'), storage('Gradient')]
  const [means, squares] = [storage('Means'), storage('Squares')]
  const outputs = instance.doubles(`${prefix}Outputs`, epochsAtOnce * length)
  return {
    size: parameters.size,
    epochsAtOnce,
    loss: instance.doubles(`${prefix}Loss`, epochsAtOnce),
    gradientNorm: instance.doubles(`${prefix}GradientNorm`, epochsAtOnce),
    outputs: Array.from({ length: epochsAtOnce }, (_, epoch) =>
      outputs.subarray(epoch * length, (epoch + 1) * length),
    ),
    train,
    readParameters: () => parameters.read(values),
    writeParameters: flat => parameters.write(values, flat),
    readGradient: () => parameters.read(gradient),
    readMoments: () => ({ mean: parameters.read(means), square: parameters.read(squares) }),
    writeMoments({ mean, square }) {
      parameters.write(means, mean)
      parameters.write(squares, square)
    },
  }
}
