/** Signed sheets come back: scans are dropped here, file themselves by their mark, and what could not be read is filed by hand. */

import { looked } from '../../kernel/audit.ts'
import type { Ctx } from '../../kernel/ctx.ts'
import { allow, NotFound, refuse } from '../../kernel/errors.ts'
import { say } from '../../kernel/events.ts'
import type { TodayLine } from '../../kernel/module.ts'
import type { Bytes, Upload } from '../../kernel/routes.ts'
import {
  countToFile,
  fileByHand,
  keepScan,
  onePage,
  type PageRow,
  pagesOf,
  pagesToFile,
  pictureOfPage,
  recentScans,
  scanOf,
  setAside,
  sheetKinds,
} from '../../kernel/scans/scans.ts'
import { may } from '../rules/may.ts'
import { programme } from '../urls.ts'

export async function keepScans(ctx: Ctx, uploads: readonly Upload[]) {
  allow(ctx.actor.can(may.file_sheets))
  refuse({ files: uploads.length === 0 ? 'kernel.form.required' : undefined })
  const ids = []
  for (const upload of uploads) ids.push(await keepScan(ctx, upload, 'files'))
  say(ctx, 'programme.scans.kept', { count: ids.length })
  return ids
}

/** A trainer sees the scans they dropped; the desk and the office see all. */
const seesScan = ({ actor }: Ctx, scan: { recorded_by: string | null }) =>
  actor.can(may.file_all_sheets) || (scan.recorded_by !== null && scan.recorded_by === actor.account_id)

/** What is filed is seen by those who may see that kind of sheet. */
const seesPage = (ctx: Ctx, page: PageRow) => {
  const kind = page.kind && sheetKinds(ctx).get(page.kind)
  return !kind || ctx.actor.can(kind.may)
}

export async function scansSeen(ctx: Ctx) {
  const scans = (await recentScans(ctx)).filter((scan) => seesScan(ctx, scan))
  const own = new Set(scans.map(({ id }) => id))
  const all = ctx.actor.can(may.file_all_sheets)
  return { scans, waiting: (await pagesToFile(ctx)).filter(({ scan_id }) => all || own.has(scan_id)) }
}

async function scanSeen(ctx: Ctx, id: string) {
  const scan = await scanOf(ctx, id)
  if (!seesScan(ctx, scan)) throw new NotFound()
  return scan
}

export async function openScan(ctx: Ctx, id: string) {
  const scan = await scanSeen(ctx, id)
  const pages = await pagesOf(ctx, id)
  return { scan, pages, things: await thingsOf(ctx, pages) }
}

/** What pages are filed under, in words and with an address; by the id of the thing. */
async function thingsOf(ctx: Ctx, pages: readonly PageRow[]) {
  const things = new Map<string, { text: string; href: string }>()
  for (const [name, kind] of sheetKinds(ctx)) {
    const ids = pages.flatMap((page) => (page.kind === name && page.thing_id ? [page.thing_id] : []))
    if (ids.length > 0) for (const [id, thing] of await kind.describe(ctx, ids)) things.set(id, thing)
  }
  return things
}

export async function pageSeen(ctx: Ctx, id: string, page: number) {
  await scanSeen(ctx, id)
  const row = await onePage(ctx, id, page)
  if (!seesPage(ctx, row)) throw new NotFound()
  return row
}

/** Opening a page is a reading: there are names on it. */
export async function openPage(ctx: Ctx, id: string, page: number) {
  const row = await pageSeen(ctx, id, page)
  looked(ctx, { what: 'programme.signed_sheet', detail: { scan: id, page } })
  const things = await thingsOf(ctx, [row])
  const offered = row.filed_at ? [] : await offeredThings(ctx)
  return { row, thing: things.get(row.thing_id ?? ''), offered }
}

async function offeredThings(ctx: Ctx) {
  const all = []
  for (const [name, kind] of sheetKinds(ctx))
    if (ctx.actor.can(kind.may))
      all.push(...(await kind.offer(ctx)).map(({ id, text }) => ({ value: `${name} ${id}`, text })))
  return all
}

export async function pagePicture(ctx: Ctx, id: string, page: number): Promise<Bytes> {
  await pageSeen(ctx, id, page)
  return {
    ...(await pictureOfPage(ctx, id, page)),
    headers: { 'content-security-policy': "sandbox; default-src 'none'" },
  }
}

export async function filePage(ctx: Ctx, id: string, page: number, { thing, sheet }: { thing: string; sheet: number }) {
  await scanSeen(ctx, id)
  const [name = '', thing_id = ''] = thing.split(' ')
  const kind = sheetKinds(ctx).get(name)
  refuse({ thing: kind && /^[0-9a-f-]{36}$/.test(thing_id) ? undefined : 'kernel.form.not_a_choice' })
  allow(kind !== undefined && ctx.actor.can(kind.may))
  await fileByHand(ctx, id, page, { kind: name, thing_id, sheet })
  say(ctx, 'programme.scans.filed')
}

export async function asidePage(ctx: Ctx, id: string, page: number) {
  await scanSeen(ctx, id)
  await setAside(ctx, id, page)
  say(ctx, 'programme.scans.aside')
}

export async function sheetsToday(ctx: Ctx): Promise<TodayLine[]> {
  const count = ctx.actor.can(may.file_all_sheets) ? await countToFile(ctx) : 0
  const text = ctx.t('programme.today.sheets', { count })
  return count === 0 ? [] : [{ text, href: programme.scans.href(), order: 62, count }]
}
