/** Scanned files, one after the other, off the main thread. */
import { openThread } from '../thread.ts'

export type ScanQuestion =
  | { do: 'open'; file: string; bytes: Uint8Array; type: string }
  | { do: 'read' | 'show'; file: string; page: number }
  | { do: 'close'; file: string }
export type ScanAnswer = { pages?: number; marks?: string[]; picture?: Uint8Array<ArrayBuffer> }

const ask = openThread<ScanQuestion, ScanAnswer>('scans/reader.ts')

export type Reading = {
  pages: number
  /** The texts of the marks on a page, counted from 0. */
  marksOn(page: number): Promise<string[]>
  /** The page as a picture, for eyes. */
  show(page: number): Promise<Uint8Array>
}

/** @throws when it cannot be opened: broken, or protected by a password */
export async function withFile<Result>(
  bytes: Uint8Array,
  type: string,
  work: (reading: Reading) => Promise<Result>,
): Promise<Result> {
  const file = crypto.randomUUID()
  const { pages = 0 } = await ask({ do: 'open', file, bytes, type })
  try {
    return await work({
      pages,
      marksOn: async (page) => (await ask({ do: 'read', file, page })).marks ?? [],
      show: async (page) => (await ask({ do: 'show', file, page })).picture ?? new Uint8Array(),
    })
  } finally {
    await ask({ do: 'close', file }).catch(() => {})
  }
}
