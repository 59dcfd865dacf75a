/**
 * A message to another program, signed as Standard Webhooks says, and never to our own network: the name is resolved here,
 * by whoever connects, and only public addresses are spoken to. Redirects are answers, not places to go.
 */
import { createHmac } from 'node:crypto'
import { lookup } from 'node:dns'
import { request as overHttp } from 'node:http'
import { request as overHttps } from 'node:https'
import { BlockList, isIP, type LookupFunction } from 'node:net'

const ours = new BlockList()
for (const [net, prefix] of [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 3],
] as const)
  ours.addSubnet(net, prefix, 'ipv4')
/** Of IPv6 only what is given out for the world (2000::/3), and of that nothing that carries an IPv4 address inside. */
const world = new BlockList()
world.addSubnet('2000::', 3, 'ipv6')
const carried = new BlockList()
for (const [net, prefix] of [
  ['2001::', 23],
  ['2001:db8::', 32],
  ['2002::', 16],
  ['3fff::', 20],
] as const)
  carried.addSubnet(net, prefix, 'ipv6')

export function isPublicAddress(address: string) {
  if (isIP(address) === 4) return !ours.check(address, 'ipv4')
  return isIP(address) === 6 && world.check(address, 'ipv6') && !carried.check(address, 'ipv6')
}

/** Whether a message may go there at all; its name is judged again each time, by the address it has then. */
export function isFitTarget(url: string, private_too: boolean) {
  const target = URL.parse(url)
  if (target?.username !== '' || target.password !== '' || target.hash !== '') return false
  if (private_too) return ['http:', 'https:'].includes(target.protocol)
  const host = target.hostname.replace(/^\[|\]$/g, '')
  return target.protocol === 'https:' && (isIP(host) ? isPublicAddress(host) : host.includes('.'))
}

export const signature = (secret: string, id: string, timestamp: number, body: string) =>
  `v1,${createHmac('sha256', Buffer.from(secret.replace(/^whsec_/, ''), 'base64'))
    .update(`${id}.${timestamp}.${body}`)
    .digest('base64')}`

type Message = {
  url: string
  id: string
  secret: string
  at: Temporal.Instant
  body: string
  private_too: boolean
  /** How long an answer is waited for. */
  seconds: number
}
/** The status of the target; 0 and a word when there was none: `refused`, `private`, `late`. */
export type Told = { status: number; said: 'ok' | 'no' | 'unreachable' | 'private' | 'late' }

export function tell({ url, id, secret, at, body, private_too, seconds }: Message): Promise<Told> {
  if (!isFitTarget(url, private_too)) return Promise.resolve({ status: 0, said: 'private' })
  const timestamp = Math.floor(at.epochMilliseconds / 1000)
  return new Promise((told) => {
    const request = (url.startsWith('https:') ? overHttps : overHttp)(url, {
      method: 'POST',
      agent: false,
      lookup: private_too ? lookup : publicOnly,
      signal: AbortSignal.timeout(seconds * 1000),
      headers: {
        'content-type': 'application/json',
        'content-length': Buffer.byteLength(body),
        'user-agent': 'labimpact',
        'webhook-id': id,
        'webhook-timestamp': String(timestamp),
        'webhook-signature': signature(secret, id, timestamp, body),
      },
    })
    request.once('response', ({ statusCode: status = 0 }) => {
      // What it says beyond its status is not read.
      request.destroy()
      told({ status, said: status >= 200 && status < 300 ? 'ok' : 'no' })
    })
    request.on('error', (error: NodeJS.ErrnoException) =>
      told({
        status: 0,
        said: error.code === notPublic ? 'private' : error.name === 'AbortError' ? 'late' : 'unreachable',
      }),
    )
    request.end(body)
  })
}

const notPublic = 'ENOTPUBLIC'
/** A name with one address of ours among its addresses is a trick. */
export const publicOnly: LookupFunction = (host, options, found) =>
  lookup(host, { ...options, all: true }, (error, addresses) => {
    if (error) return found(error, [])
    if (addresses.length === 0 || !addresses.every(({ address }) => isPublicAddress(address)))
      return found(Object.assign(new Error('not public'), { code: notPublic }), [])
    if (options.all) return found(null, addresses)
    found(null, addresses[0]?.address as string, addresses[0]?.family)
  })
