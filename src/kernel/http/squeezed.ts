/**
 * A page made for one reader is there as a whole, and is made small as it leaves: by Brotli wherever that is taken, at the
 * first quality that is smaller than gzip. What is kept comes squeezed already, and harder.
 */
import { promisify } from 'node:util'
import { brotliCompress, constants, gzip } from 'node:zlib'
import type { Web } from './asking.ts'

const brotli = promisify(brotliCompress)
const zip = promisify(gzip)
const quality = 6

const asks = {
  br: /\bbr\b(?!\s*;\s*q=0(\.0*)?\s*(,|$))/,
  gzip: /\bgzip\b(?!\s*;\s*q=0(\.0*)?\s*(,|$))/,
}
/** The smallest the browser takes. */
export function taken(web: Web) {
  const accepted = web.req.header('accept-encoding') ?? ''
  return asks.br.test(accepted) ? 'br' : asks.gzip.test(accepted) ? 'gzip' : undefined
}

export const isPage = (type: string | null) => type?.startsWith('text/html') ?? false

export async function squeezed(web: Web, next: () => Promise<void>) {
  await next()
  if (web.get('kept')) return
  const { headers } = web.res
  // A page may be answered without a body.
  if (
    !isPage(headers.get('content-type')) ||
    headers.has('content-encoding') ||
    !web.res.body ||
    web.req.method === 'HEAD'
  )
    return
  headers.set('vary', 'Accept-Encoding')
  const how = taken(web)
  if (!how) return
  const page = new Uint8Array(await web.res.arrayBuffer())
  const params = { [constants.BROTLI_PARAM_QUALITY]: quality, [constants.BROTLI_PARAM_SIZE_HINT]: page.length }
  web.res = new Response(await (how === 'br' ? brotli(page, { params }) : zip(page)), web.res)
  web.res.headers.delete('content-length')
  web.res.headers.set('content-encoding', how)
}
