import { BlockList, isIPv4, isIPv6 } from 'node:net'
import { hostname } from 'node:os'
import { InputError } from '../../settings/input-error.js'
import { got } from '../flags.js'

/** Addresses that mean every address of this machine. */
const everywhere: readonly string[] = ['0.0.0.0', '[::]']

const loopback = new BlockList()
loopback.addSubnet('127.0.0.0', 8)
loopback.addAddress('::1', 'ipv6')

/** Reads `--host`: an address or a name, in the form in which a browser writes it. @throws InputError */
export function hostFlag(text: string): string {
  const bare = withoutBrackets(text)
  const written = isIPv6(bare) ? `[${bare}]` : text
  const refused = new InputError('--host', got(text), 'an address or a name of this machine')
  if (!isIPv6(bare) && !/^[^\s/\\?#@:%[\]]+$/.test(text)) throw refused
  try {
    return new URL(`http://${written}/`).hostname
  } catch {
    throw refused
  }
}

/** An address without the brackets that a URL puts around IPv6. */
export function withoutBrackets(host: string): string {
  return host.replace(/^\[(.*)\]$/, '$1')
}

/** Whether only programs on this machine can reach an address. */
export function isLoopback(address: string): boolean {
  return loopback.check(address, isIPv6(address) ? 'ipv6' : 'ipv4')
}

/** Where a browser on this machine finds a server that listens on `host`. */
export function pageUrl(host: string, port: number): string {
  const reached = host === '0.0.0.0' ? '127.0.0.1' : host === '[::]' ? '[::1]' : host
  return `http://${reached}:${port}/`
}

/**
 * Whether a `Host` header names a server that listens on `host` and `port`. A foreign page whose name was
 * rebound to this machine's address still sends its own name, and is told apart by it. On all addresses, any
 * address is accepted, since only names can be rebound.
 */
export function isOwnHost(header: string | undefined, host: string, port: number): boolean {
  const [, name, givenPort = '80'] =
    /^(\[[\da-f:.]+\]|[^:[\]]+)(?::(\d+))?$/.exec(header?.toLowerCase() ?? '') ?? []
  if (name === undefined || givenPort !== String(port)) return false
  if (['localhost', '127.0.0.1', '[::1]', host].includes(name)) return true
  return everywhere.includes(host) && (isAddress(name) || name === hostname().toLowerCase())
}

const isAddress = (name: string) => isIPv4(name) || (name.startsWith('[') && isIPv6(withoutBrackets(name)))
