import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { fileURLToPath } from 'node:url'
import { reasonOf } from '../../files/whole-file.js'
import { InputError } from '../../settings/input-error.js'
import { type ExitCode, exitCodes, note, print } from '../terminal.js'
import { isLoopback, pageUrl, withoutBrackets } from './hosts.js'
import { readPage } from './page.js'
import { labServer } from './server.js'

/** Flags of `ghostpoint lab`. */
export interface LabFlags {
  readonly port?: number
  /** As `hostFlag` reads it. */
  readonly host: string
}

const builtPage = fileURLToPath(new URL('../../lab', import.meta.url))
const usualPort = 4173
/** Ports that are tried when none was asked for. */
const portsTried = 20

/**
 * Serves the lab's page until `signal`, which is no failure: an endless server ends on request.
 * @throws InputError if the port or the address cannot be had
 * @throws Error if the page is not built
 */
export async function runLab({ port, host }: LabFlags, signal: AbortSignal): Promise<ExitCode> {
  const server = labServer(readPage(builtPage), host)
  if (port === undefined) await listenOnFreePort(server, host)
  else await listen(server, host, port)
  // A connection that cannot be taken up, such as for want of file handles, is no reason to end.
  server.on('error', error => note(`a connection failed: ${reasonOf(error)}`))
  const bound = server.address() as AddressInfo
  print(pageUrl(host, bound.port))
  if (!isLoopback(bound.address)) {
    note(`everyone who reaches this machine can see the page: it listens on ${bound.address}`)
  }
  note('Ctrl-C ends it')
  await aborted(signal)
  server.close()
  server.closeAllConnections()
  return exitCodes.done
}

async function listenOnFreePort(server: Server, host: string): Promise<void> {
  for (let port = usualPort; port < usualPort + portsTried; port++) {
    try {
      return await listen(server, host, port)
    } catch (error) {
      if (!(error instanceof InputError && error.where === '--port')) throw error
    }
  }
  throw new InputError('--port', `${usualPort} and ${portsTried - 1} more are taken`, 'a free port')
}

/** @throws InputError that names the flag to change */
function listen(server: Server, host: string, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    const fail = (error: NodeJS.ErrnoException) => reject(refusal(error, host, port))
    server.once('error', fail)
    server.listen({ host: withoutBrackets(host), port }, () => {
      server.off('error', fail)
      resolve()
    })
  })
}

function refusal(error: NodeJS.ErrnoException, host: string, port: number): Error {
  switch (error.code) {
    case 'EADDRINUSE':
      return new InputError('--port', `${port} is taken`, 'a free port')
    case 'EACCES':
      return new InputError('--port', `${port} is not allowed to this user`, 'a free port, such as 4173')
    default:
      return new InputError(
        '--host',
        `${host} cannot be used: ${error.code}`,
        'an address or a name of this machine',
      )
  }
}

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise(resolve => {
    if (signal.aborted) resolve()
    else signal.addEventListener('abort', () => resolve(), { once: true })
  })
}
