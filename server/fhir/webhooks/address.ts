/** Where we may be sent to: public addresses by https. Nothing within a network of ours is ever asked on somebody's word. */
import { lookup } from 'node:dns/promises'
import { BlockList, isIP } from 'node:net'
import { invalid } from '../../platform/errors.ts'

export interface Address {
  address: string
  family: number
}

/** Finds the addresses of a name. */
export type Resolve = (name: string) => Promise<Address[]>
export const resolveByDns: Resolve = (name) => lookup(name, { all: true, verbatim: true })

/** Thrown for an address that is not public. */
export class NotPublic extends Error {
  override name = 'NotPublic'
}

// IANA's special-purpose registries (RFC 6890): within a host, a link, a site or a provider; for documents; many at once.
const closed = new BlockList()
for (const [net, bits] of [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.88.99.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 4],
  ['240.0.0.0', 4],
] as const)
  closed.addSubnet(net, bits, 'ipv4')
// Of version 6 only what is handed out to the world, less what wraps an address of version 4.
const world = new BlockList()
world.addSubnet('2000::', 3, 'ipv6')
for (const [net, bits] of [
  ['2001::', 23],
  ['2001:db8::', 32],
  ['2002::', 16],
  ['3fff::', 20],
] as const)
  closed.addSubnet(net, bits, 'ipv6')

/** Whether the address belongs to the world. */
export function isPublic(address: string): boolean {
  const version = isIP(address)
  if (version === 4) return !closed.check(address, 'ipv4')
  return version === 6 && world.check(address, 'ipv6') && !closed.check(address, 'ipv6')
}

const localNames = ['localhost', '127.0.0.1', '[::1]']

/** Only for somebody who tries things out on their own machine. */
const isLocal = (url: URL, production: boolean) => !production && localNames.includes(url.hostname)

/** Reads an address that somebody typed. Refuses `bad_url` with what to mend. */
export function readUrl(text: string, production: boolean): URL {
  const refuse = (why: string) => invalid('bad_url', why, { instead: 'change_url' })
  if (!URL.canParse(text)) throw refuse('That is not a web address. Write it with https:// in front.')
  const url = new URL(text)
  if (url.username !== '' || url.password !== '') throw refuse('An address has no name or password in it.')
  if (url.hash !== '') throw refuse('An address to send to has no # in it.')
  if (isLocal(url, production)) return url
  if (url.protocol !== 'https:') throw refuse('Use an address that begins with https://.')
  const host = url.hostname.replace(/^\[|\]$/g, '')
  if (isIP(host) !== 0 && !isPublic(host)) throw refuse('That address is inside a private network.')
  if (localNames.includes(url.hostname)) throw refuse('That address is this machine itself.')
  return url
}

/**
 * The address to connect to: found and checked now, and to be used as it is, so that the name cannot lead elsewhere a
 * moment later. Throws NotPublic when any address of the name is not.
 */
export async function addressOf(url: URL, production: boolean, resolve: Resolve): Promise<Address> {
  const host = url.hostname.replace(/^\[|\]$/g, '')
  const found = isIP(host) === 0 ? await resolve(host) : [{ address: host, family: isIP(host) }]
  const [first] = found
  if (!first) throw new NotPublic('no address')
  if (isLocal(url, production)) return first
  if (url.protocol !== 'https:' || found.some(({ address }) => !isPublic(address))) throw new NotPublic('not public')
  return first
}
