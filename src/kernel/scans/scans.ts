/**
 * Scans that file themselves. A signed sheet carries a mark; a dropped scan is kept as a file and read in a job, page by page:
 *
 *   page ── mark read, ours, the thing is there ── filed
 *     ├── no mark, not ours, gone ── to be filed by hand ── filed
 *     └──────────────────────────────────────────────────── set aside (a back, a cover)
 */
import type { Permission } from '../actor.ts'
import type { Ctx } from '../ctx.ts'
import { refuse } from '../errors.ts'
import { later, slowJob } from '../events.ts'
import { keepFile, most_bytes_of_scans } from '../files/files.ts'
import type { Upload } from '../routes.ts'
import { readMark, type SheetRef } from './mark.ts'
import { printingBefore } from './printings.ts'
import { type Reading, withFile } from './reading.ts'
import { changePage, changeScan, lockPage, owner, pagesDone, scanOf, scanToRead } from './store.ts'

export { type SheetRef, sheetMark } from './mark.ts'
export { isSigned, type Line, numberPrinting, type Signing, signingOf } from './printings.ts'
export { type SpareLine, saidOf, sayWhoSigned, spareLines } from './signed-lines.ts'
export {
  countToFile,
  onePage,
  type PageRow,
  pagesOf,
  pagesToFile,
  papersOf,
  pictureOfPage,
  recentScans,
  type ScanRow,
  scanOf,
} from './store.ts'

const most_pages = 500

/** What a module says of the sheets it prints: `sheets: { 'desk.register': { … } }` in `module.ts`. */
export type SheetKind = {
  /** Who may see such sheets. */
  readonly may: Permission
  /** Something has come back: NotFound when there is no such thing here. */
  file(ctx: Ctx, ref: SheetRef): Promise<void>
  /** How the thing is called on a page, and where it is; without names of people. */
  describe(ctx: Ctx, thing_ids: readonly string[]): Promise<ReadonlyMap<string, { text: string; href: string }>>
  /** What may be chosen by hand, the likeliest first. */
  offer(ctx: Ctx): Promise<readonly { id: string; text: string }[]>
  /** Who stands in the register: one of them signed where the paper was empty. `id` is that of `Line`. */
  signers?(ctx: Ctx, thing_id: string): Promise<readonly Signer[]>
}
export type Signer = { id: string; name: string; person_id?: string }

export const sheetKinds = ({ modules }: Pick<Ctx, 'modules'>) =>
  new Map(modules.flatMap((module) => Object.entries(module.sheets ?? {})))

/** @returns the scan's id; it is read in a job */
export async function keepScan(ctx: Ctx, upload: Upload | undefined, field = 'file') {
  const file = await keepFile(ctx, upload, {
    owner,
    purpose: 'scan',
    accept: ['pdf', 'jpg', 'png'],
    most: most_bytes_of_scans,
    field,
  })
  const { id } = await ctx.db
    .insertInto('kernel.scan')
    .values({ ambito_id: ctx.ambito_id, file_id: file.id, recorded_by: ctx.actor.account_id })
    .returning('id')
    .executeTakeFirstOrThrow()
  later(ctx, readScan, { scan_id: id })
  return id
}

class NotYet extends Error {}

/** Goes on where it was stopped: a page that has a row is not read again. */
export const readScan = slowJob<{ scan_id: string }>('kernel.read_scan', async ({ open }, { scan_id }) => {
  const scan = await open((ctx) => scanToRead(ctx, scan_id))
  if (!scan) return
  if (scan.scan === 'waiting') throw new NotYet('not looked into yet')
  const end = (failure: 'not_opened' | 'too_long' | null) =>
    open((ctx) => changeScan(ctx, scan_id, { ended_at: ctx.now.toString(), failure }))
  if (scan.scan === 'refused') return void (await end('not_opened'))
  let opened = false
  try {
    await withFile(scan.bytes, scan.type, async (reading) => {
      opened = true
      if (reading.pages > most_pages) return void (await end('too_long'))
      const done = await open(async (ctx) => {
        await changeScan(ctx, scan_id, { pages: reading.pages })
        return pagesDone(ctx, scan_id)
      })
      for (let page = 0; page < reading.pages; page++) if (!done.has(page)) await readPage(open, scan_id, page, reading)
      await end(null)
    })
  } catch (error) {
    if (opened) throw error
    await end('not_opened')
  }
})

type Open = <Result>(work: (ctx: Ctx) => Promise<Result>) => Promise<Result>

async function readPage(open: Open, scan_id: string, page: number, reading: Reading) {
  const marks = await reading.marksOn(page)
  const found = await open(async (ctx) => marks.map((text) => readMark(ctx, text)))
  const ref = found.find((one) => one !== null && one !== undefined)
  if (ref && (await open((ctx) => fileItself(ctx, scan_id, page, ref)).catch(ifGone))) return
  const unread = ref ? 'gone' : found.includes(null) ? 'not_ours' : 'no_mark'
  await open((ctx) =>
    ctx.db
      .insertInto('kernel.scan_page')
      .values({ ambito_id: ctx.ambito_id, scan_id, page, unread })
      .onConflict((conflict) => conflict.doNothing())
      .execute(),
  )
}

class Gone extends Error {}
function ifGone(error: unknown) {
  if (error instanceof Gone) return false
  throw error
}

/** One transaction: the page's row, and whatever its module does about it. */
async function fileItself(ctx: Ctx, scan_id: string, page: number, ref: SheetRef) {
  await askModule(ctx, ref)
  await ctx.db
    .insertInto('kernel.scan_page')
    .values({ ambito_id: ctx.ambito_id, scan_id, page, ...ref, filed_at: ctx.now.toString() })
    .onConflict((conflict) => conflict.doNothing())
    .execute()
  return true
}

async function askModule(ctx: Ctx, ref: SheetRef) {
  const kind = sheetKinds(ctx).get(ref.kind)
  if (!kind) throw new Gone()
  if (!(await kind.describe(ctx, [ref.thing_id])).has(ref.thing_id)) throw new Gone()
  await kind.file(ctx, ref)
}

/** A person says what a page is. */
export async function fileByHand(ctx: Ctx, scan_id: string, page: number, ref: SheetRef) {
  const row = await lockPage(ctx, scan_id, page)
  refuse({ thing: row.filed_at ? 'kernel.scan.already_filed' : undefined })
  try {
    await askModule(ctx, ref)
  } catch (error) {
    refuse({ thing: error instanceof Gone ? 'kernel.scan.gone' : undefined })
    throw error
  }
  const { recorded_at } = await scanOf(ctx, scan_id)
  await changePage(ctx, scan_id, page, {
    ...ref,
    printing: await printingBefore(ctx, ref, recorded_at),
    filed_at: ctx.now.toString(),
    filed_by: ctx.actor.account_id,
    set_aside_at: null,
    set_aside_by: null,
  })
}

/** A back, a cover: nothing to be kept apart. */
export async function setAside(ctx: Ctx, scan_id: string, page: number) {
  const row = await lockPage(ctx, scan_id, page)
  refuse({ form: row.filed_at ? 'kernel.scan.already_filed' : undefined })
  await changePage(ctx, scan_id, page, { set_aside_at: ctx.now.toString(), set_aside_by: ctx.actor.account_id })
}
