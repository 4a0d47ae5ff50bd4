import { Command } from 'commander'
import { usualStarts } from '../analysis/starts.js'
import { analysisJsonSchema } from '../report/analysis-report.js'
import { InputError } from '../settings/input-error.js'
import type { AnalyseFlags } from './analyse/run-analysis.js'
import { countFlag, leakFlag, noiseFlag, numbersFlag, wholeFlag } from './flags.js'
import { interruptible, printJson } from './terminal.js'

/** `ghostpoint analyse`: the fixed points and ghosts of a network of one's own. */
export function analyseCommand(): Command {
  return new Command('analyse')
    .description('the fixed points, ghosts and slow points of a tanh network of your own')
    .argument(
      '[file]',
      'the network: .npz or .safetensors, of nn.RNN, of train --parameters, or named by flags',
    )
    .option(
      '--weights <name>',
      'recurrent weights (N, N); h = W·h as in PyTorch. Which network, if there are several',
    )
    .option('--bias <name>', 'bias (N,)')
    .option('--input-weights <name>', 'input weights (N, inputs)')
    .option('--read-out <name>', 'read-out weights (outputs, N)')
    .option('--transpose', 'states are rows, h·W: weights (N, N) and (inputs, N) the other way round')
    .option('--leak <α>', 'α = dt/τ (default: 1 of nn.RNN and named arrays, else 0.5)', leakFlag('--leak'))
    .option(
      '--input <numbers>',
      'constant input, separated by commas (default: zeros)',
      numbersFlag('--input'),
    )
    .option('--trajectories <file>', 'visited states to search from, (steps, N) or (trials, steps, N)')
    .option('--states <name>', 'their name there, or in the file of the network')
    .option('--trace <n>', 'trials of them to look for ghosts along', wholeFlag('--trace'), 10)
    .option('--starts <n>', 'number of searches', countFlag('--starts'), usualStarts.starts)
    .option(
      '--noise <σ>',
      'noise on the states that searches start from',
      noiseFlag('--noise'),
      usualStarts.noise,
    )
    .option('--seed <n>', 'seed of noise and of own runs', wholeFlag('--seed'), usualStarts.seed)
    .option('--jobs <N>', 'worker threads (default: one a core)', countFlag('--jobs'))
    .option('--out <folder>', 'write report.json and figures there')
    .option('--json', 'print the report as JSON')
    .option('--schema', 'print the JSON schema of the report and end')
    .addHelpText(
      'after',
      '\nExamples:\n  $ ghostpoint analyse rnn.npz --trajectories states.npy --out analysis\n  $ ghostpoint analyse net.npz --weights J --bias b --leak 0.1',
    )
    .action(async (file: string | undefined, flags: AnalyseFlags & { readonly schema?: true }) => {
      if (flags.schema) return printJson(analysisJsonSchema())
      if (file === undefined)
        throw new InputError('analyse', 'no file', 'a file of a network: .npz or .safetensors')
      process.exitCode = await interruptible(async signal => {
        const { analyse } = await import('./analyse/run-analysis.js')
        return analyse(file, flags, signal)
      })
    })
}
