// Trains a network of full rank for a while whenever it is told to, on a kernel module compiled elsewhere.
import { parentPort, workerData } from 'node:worker_threads'
import { adoptKernelModule } from '../../dist/kernel/kernel-module.js'
import { kernelTrainerOf } from '../contestants/kernel.mjs'
import { jobs } from '../jobs.mjs'

const refuse = () => {
  throw new Error('a worker compiled a kernel module of its own')
}
WebAssembly.compile = refuse
adoptKernelModule(workerData.module)
const trainer = await kernelTrainerOf(jobs.find(({ name }) => name === 'autonomous, full rank'))
trainer.advance(500)
parentPort.on('message', () => {
  trainer.advance(1000)
  parentPort.postMessage('done')
})
