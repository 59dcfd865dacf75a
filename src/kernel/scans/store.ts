/** What is remembered of scans and their pages, and what pages ask of it. */
import type { Ctx } from '../ctx.ts'
import { notFound } from '../errors.ts'
import { fileBytes } from '../files/files.ts'
import { withFile } from './reading.ts'

export const owner = 'kernel'

export type PageRow = {
  scan_id: string
  page: number
  kind: string | null
  thing_id: string | null
  sheet: number | null
  printing: number | null
  filed_at: string | null
  filed_by: string | null
  unread: 'no_mark' | 'not_ours' | 'gone' | null
  set_aside_at: string | null
}
const columns = [
  'scan_id',
  'page',
  'kind',
  'thing_id',
  'sheet',
  'printing',
  'filed_at',
  'filed_by',
  'unread',
  'set_aside_at',
] as const
const pages = ({ db, ambito_id }: Ctx) =>
  db.selectFrom('kernel.scan_page').select(columns).where('ambito_id', '=', ambito_id).$narrowType<PageRow>()

const scans = ({ db, ambito_id }: Ctx) =>
  db
    .selectFrom('kernel.scan as s')
    .innerJoin('kernel.file as f', (join) =>
      join.onRef('f.ambito_id', '=', 's.ambito_id').onRef('f.id', '=', 's.file_id'),
    )
    .select(['s.id', 'f.name', 's.pages', 's.ended_at', 's.failure', 's.recorded_at', 's.recorded_by'])
    .select(({ selectFrom, fn }) => {
      const its = selectFrom('kernel.scan_page as p')
        .select(fn.countAll<number>().as('n'))
        .where('p.ambito_id', '=', ambito_id)
        .whereRef('p.scan_id', '=', 's.id')
      return [its.as('read'), its.where('p.filed_at', 'is not', null).as('filed')]
    })
    .where('s.ambito_id', '=', ambito_id)
    .$narrowType<{ failure: 'not_opened' | 'too_long' | null }>()
export type ScanRow = Awaited<ReturnType<typeof scanOf>>

/** The scans, newest first, with how far each is. */
export const recentScans = (ctx: Ctx, limit = 20) =>
  scans(ctx).orderBy('s.recorded_at', 'desc').orderBy('s.id', 'desc').limit(limit).execute()
export const scanOf = (ctx: Ctx, id: string) => scans(ctx).where('s.id', '=', id).executeTakeFirstOrThrow(notFound)

export const pagesOf = (ctx: Ctx, scan_id: string): Promise<PageRow[]> =>
  pages(ctx).where('scan_id', '=', scan_id).orderBy('page').execute()

/** What nobody has filed yet, oldest first. */
export const pagesToFile = (ctx: Ctx, limit = 100): Promise<PageRow[]> =>
  pages(ctx)
    .where('filed_at', 'is', null)
    .where('set_aside_at', 'is', null)
    .orderBy('recorded_at')
    .orderBy('scan_id')
    .orderBy('page')
    .limit(limit)
    .execute()

export async function countToFile({ db, ambito_id }: Ctx) {
  const row = await db
    .selectFrom('kernel.scan_page')
    .select(({ fn }) => fn.countAll<number>().as('n'))
    .where('ambito_id', '=', ambito_id)
    .where('filed_at', 'is', null)
    .where('set_aside_at', 'is', null)
    .executeTakeFirst()
  return Number(row?.n ?? 0)
}

/** The papers that have come back for these things: a fact without its paper says that the signature is missing. */
export const papersOf = (ctx: Ctx, kind: string, thing_ids: readonly string[]): Promise<PageRow[]> =>
  thing_ids.length === 0
    ? Promise.resolve([])
    : pages(ctx)
        .where('kind', '=', kind)
        .where('thing_id', 'in', [...thing_ids])
        .where('filed_at', 'is not', null)
        .orderBy('sheet')
        .orderBy('filed_at', 'desc')
        .execute()

/** A page as a picture; the bytes are read here, the drawing is for after the commit. */
export async function pictureOfPage(ctx: Ctx, scan_id: string, page: number) {
  await onePage(ctx, scan_id, page)
  const scan = await scanBytes(ctx, scan_id)
  if (!scan || scan.scan === 'refused' || scan.scan === 'waiting') throw notFound()
  const type = scan.type === 'application/pdf' ? 'image/png' : scan.type
  return { type, body: () => withFile(scan.bytes, scan.type, (reading) => reading.show(page)) }
}

export const onePage = (ctx: Ctx, scan_id: string, page: number): Promise<PageRow> =>
  pages(ctx).where('scan_id', '=', scan_id).where('page', '=', page).executeTakeFirstOrThrow(notFound)

export async function scanToRead(ctx: Ctx, scan_id: string) {
  const scan = await scanBytes(ctx, scan_id)
  return scan?.ended_at ? undefined : scan
}

async function scanBytes(ctx: Ctx, scan_id: string) {
  const scan = await ctx.db
    .selectFrom('kernel.scan as s')
    .innerJoin('kernel.file as f', (join) =>
      join.onRef('f.ambito_id', '=', 's.ambito_id').onRef('f.id', '=', 's.file_id'),
    )
    .select(['s.file_id', 's.ended_at', 'f.type', 'f.scan'])
    .where('s.ambito_id', '=', ctx.ambito_id)
    .where('s.id', '=', scan_id)
    .executeTakeFirst()
  return scan && { ...scan, bytes: await fileBytes(ctx, owner, scan.file_id) }
}

export async function pagesDone(ctx: Ctx, scan_id: string) {
  return new Set((await pagesOf(ctx, scan_id)).map(({ page }) => page))
}

export const lockPage = (ctx: Ctx, scan_id: string, page: number) =>
  pages(ctx).where('scan_id', '=', scan_id).where('page', '=', page).forUpdate().executeTakeFirstOrThrow(notFound)

type PageChange = Partial<Omit<PageRow, 'scan_id' | 'page'>> & { set_aside_by?: string | null }
export async function changePage({ db, ambito_id }: Ctx, scan_id: string, page: number, change: PageChange) {
  await db
    .updateTable('kernel.scan_page')
    .set(change)
    .where('ambito_id', '=', ambito_id)
    .where('scan_id', '=', scan_id)
    .where('page', '=', page)
    .execute()
}

export async function changeScan(
  { db, ambito_id }: Ctx,
  id: string,
  change: { pages?: number; ended_at?: string; failure?: string | null },
) {
  await db.updateTable('kernel.scan').set(change).where('ambito_id', '=', ambito_id).where('id', '=', id).execute()
}
