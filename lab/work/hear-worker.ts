/**
 * Hears a worker: its reports, and its failure, whether it could not be loaded or stopped at an error that it did not
 * report itself.
 * @param name what it does, as a reader is told: `the worker that trains`
 */
export function hearWorker<Report>(
  worker: Worker,
  name: string,
  hear: (report: Report) => void,
  fail: (why: string) => void,
): Worker {
  worker.addEventListener('message', ({ data }: MessageEvent<Report>) => hear(data))
  worker.addEventListener('error', ({ message }: ErrorEvent) => {
    // A worker that cannot be loaded gives no message.
    fail(message ? `${name} stopped: ${message}` : `${name} could not be started`)
  })
  return worker
}
