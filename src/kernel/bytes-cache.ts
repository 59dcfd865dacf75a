/**
 * Public pages are finished bytes, kept per (host, path, query, language) and dropped by NOTIFY in every process.
 * A page being made while something is published is not kept: its generation is over.
 */
import { createHash } from 'node:crypto'
import { promisify } from 'node:util'
import { brotliCompress, constants, gzip } from 'node:zlib'

export type Kept = {
  ambito_id: string
  plain: Uint8Array
  br: Uint8Array
  gzip: Uint8Array
  etag: string
  headers: Record<string, string>
  until: number
}

const longest_ms = 60_000
const squeeze = promisify(brotliCompress)
const zip = promisify(gzip)

export function openBytesCache({ most_bytes = 48_000_000 } = {}) {
  const pages = new Map<string, Kept>()
  let bytes = 0
  const generations = new Map<string, number>()
  const generation = (ambito_id: string) => generations.get(ambito_id) ?? 0
  const making = new Map<string, Promise<Kept>>()
  let drops = 0

  function forget(key: string) {
    const page = pages.get(key)
    if (page && pages.delete(key)) bytes -= sizeOf(page)
  }

  return {
    find(key: string) {
      const page = pages.get(key)
      return page && page.until >= Date.now() ? page : undefined
    },
    /** Also one whose time is over. */
    findOld: (key: string) => pages.get(key),
    /** Many may ask for a page that is not there: it is made once. After something was published nobody gets what was begun before. */
    once(key: string, make: () => Promise<Kept>) {
      const waiting = `${drops} ${key}`
      let page = making.get(waiting)
      if (!page) {
        page = make().finally(() => making.delete(waiting))
        making.set(waiting, page)
      }
      return page
    },
    bytes: () => bytes,
    generation,
    async keep(
      key: string,
      ambito_id: string,
      made_in: number,
      body: Uint8Array,
      headers: Record<string, string>,
    ): Promise<Kept> {
      const [br, gz] = await Promise.all([
        squeeze(body, {
          params: { [constants.BROTLI_PARAM_QUALITY]: 9, [constants.BROTLI_PARAM_SIZE_HINT]: body.length },
        }),
        zip(body),
      ])
      const etag = `"${createHash('sha256').update(body).digest('base64url').slice(0, 22)}"`
      const page = { ambito_id, plain: body, br, gzip: gz, etag, headers, until: Date.now() + longest_ms }
      if (generation(ambito_id) === made_in) {
        forget(key)
        pages.set(key, page)
        bytes += sizeOf(page)
        // The oldest go first: made-up queries must not fill the memory.
        for (const oldest of pages.keys()) if (bytes > most_bytes) forget(oldest)
      }
      return page
    },
    drop(ambito_id: string) {
      drops++
      generations.set(ambito_id, generation(ambito_id) + 1)
      for (const [key, page] of pages) if (page.ambito_id === ambito_id) forget(key)
    },
  }
}
const sizeOf = ({ plain, br, gzip }: Kept) => plain.length + br.length + gzip.length + 1000
export type BytesCache = ReturnType<typeof openBytesCache>
