/**
 * Public pages are finished bytes, kept per (host, path, query, language) and dropped by NOTIFY in every process.
 * A page being made while something is published is not kept: its generation is over.
 */
import { createHash } from 'node:crypto'
import { promisify } from 'node:util'
import { brotliCompress, constants, gzip } from 'node:zlib'

export type Kept = { ambito_id: string; plain: Uint8Array; br: Uint8Array; gzip: Uint8Array; etag: string; headers: Record<string, string>; until: number }

const longest_ms = 60_000
const most = 5_000
const squeeze = promisify(brotliCompress)
const zip = promisify(gzip)

export function openBytesCache() {
  const pages = new Map<string, Kept>()
  const generations = new Map<string, number>()
  const generation = (ambito_id: string) => generations.get(ambito_id) ?? 0

  return {
    find(key: string) {
      const page = pages.get(key)
      if (page && page.until < Date.now()) pages.delete(key)
      else return page
    },
    generation,
    async keep(key: string, ambito_id: string, made_in: number, body: Uint8Array, headers: Record<string, string>): Promise<Kept> {
      const [br, gz] = await Promise.all([
        squeeze(body, { params: { [constants.BROTLI_PARAM_QUALITY]: 9, [constants.BROTLI_PARAM_SIZE_HINT]: body.length } }),
        zip(body),
      ])
      const etag = `"${createHash('sha256').update(body).digest('base64url').slice(0, 22)}"`
      const page = { ambito_id, plain: body, br, gzip: gz, etag, headers, until: Date.now() + longest_ms }
      if (generation(ambito_id) === made_in) {
        if (pages.size >= most) pages.delete(pages.keys().next().value as string)
        pages.set(key, page)
      }
      return page
    },
    drop(ambito_id: string) {
      generations.set(ambito_id, generation(ambito_id) + 1)
      for (const [key, page] of pages) if (page.ambito_id === ambito_id) pages.delete(key)
    },
  }
}
export type BytesCache = ReturnType<typeof openBytesCache>
