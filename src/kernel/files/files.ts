/**
 * Files: kept in the database in parts of 1 MB, known by what is in them, given out as an attachment under a random name.
 * A file belongs to the module that kept it; that module asks who may, and serves it from a route of its own.
 */
import { createHash } from 'node:crypto'
import type { Ctx } from '../ctx.ts'
import { allow, notFound, type Problem, refuse } from '../errors.ts'
import { later } from '../events.ts'
import type { Bytes, Upload } from '../routes.ts'
import { type FileKind, fileKinds, kindOf } from './kinds.ts'
import { shownName } from './name.ts'
import { lookInto } from './scan.ts'

export { type FileKind, papers, scans } from './kinds.ts'

export const most_bytes = 10 * 1024 * 1024
export const most_bytes_of_scans = 40 * 1024 * 1024
const part_bytes = 1024 * 1024

export type FileRow = {
  id: string
  name: string
  type: string
  size: number
  scan: 'not_scanned' | 'waiting' | 'clean' | 'refused'
}

type Keeping = {
  /** The module. */
  owner: string
  /** What it is for, in that module's word: `entry_test`. */
  purpose: string
  accept: readonly FileKind[]
  most?: number
  /** The field of the form a refusal stands beside. */
  field?: string
}

/** @throws Refused beside the field when it is missing, too large, or not of the kinds wanted */
export async function keepFile(
  ctx: Ctx,
  upload: Upload | undefined,
  { owner, purpose, accept, most = most_bytes, field = 'file' }: Keeping,
): Promise<FileRow> {
  const kind = upload && kindOf(upload.bytes)
  refuse({ [field]: problemWith(upload, kind, accept, most) })
  const { name, bytes } = upload as Upload
  const row = await ctx.db
    .insertInto('kernel.file')
    .values({
      ambito_id: ctx.ambito_id,
      owner,
      purpose,
      name: shownName(name, kind as FileKind),
      type: fileKinds[kind as FileKind],
      size: bytes.length,
      sha256: createHash('sha256').update(bytes).digest(),
      scan: ctx.looks_into_files ? 'waiting' : 'not_scanned',
      kept_by: ctx.actor.account_id,
    })
    .returning(shown)
    .executeTakeFirstOrThrow()
  for (let from = 0, part = 0; from < bytes.length; from += part_bytes, part++)
    await ctx.db
      .insertInto('kernel.file_part')
      .values({
        ambito_id: ctx.ambito_id,
        file_id: row.id,
        part,
        bytes: Buffer.from(bytes.subarray(from, from + part_bytes)),
      })
      .execute()
  if (ctx.looks_into_files) later(ctx, lookInto, { file_id: row.id })
  return row as FileRow
}

function problemWith(
  upload: Upload | undefined,
  kind: FileKind | undefined,
  accept: readonly FileKind[],
  most: number,
) {
  if (!upload) return 'kernel.form.required' satisfies Problem
  if (upload.bytes.length > most) return ['kernel.file.too_large', { mb: most / 1024 / 1024 }] satisfies Problem
  if (!kind || !accept.includes(kind))
    return ['kernel.file.wrong_kind', { kinds: accept.map((one) => one.toUpperCase()).join(', ') }] satisfies Problem
  return undefined
}

const shown = ['id', 'name', 'type', 'size', 'scan'] as const
const files = ({ db, ambito_id }: Ctx, owner: string) =>
  db
    .selectFrom('kernel.file')
    .select(shown)
    .where('ambito_id', '=', ambito_id)
    .where('owner', '=', owner)
    .where('removed_at', 'is', null)
    .$narrowType<FileRow>()

/** What a page shows of files. */
export const filesOf = (ctx: Ctx, owner: string, ids: readonly string[]): Promise<FileRow[]> =>
  ids.length === 0
    ? Promise.resolve([])
    : files(ctx, owner)
        .where('id', 'in', [...ids])
        .execute()

/** The bytes, for work inside the house; NotFound when it is another module's. */
export async function fileBytes(ctx: Ctx, owner: string, id: string): Promise<Uint8Array> {
  await files(ctx, owner).where('id', '=', id).executeTakeFirstOrThrow(notFound)
  const parts = await ctx.db
    .selectFrom('kernel.file_part')
    .select('bytes')
    .where('ambito_id', '=', ctx.ambito_id)
    .where('file_id', '=', id)
    .orderBy('part')
    .execute()
  return new Uint8Array(Buffer.concat(parts.map((part) => part.bytes)))
}

/** For a route of the owner, which has asked who may: closed while it waits to be looked into, and for ever when refused. */
export async function serveFile(ctx: Ctx, owner: string, id: string): Promise<Bytes> {
  const file = await files(ctx, owner).where('id', '=', id).executeTakeFirstOrThrow(notFound)
  allow(file.scan === 'clean' || file.scan === 'not_scanned')
  return {
    body: await fileBytes(ctx, owner, id),
    type: file.type,
    // Its own name may be somebody's: on the reader's disk it has none.
    name: `file-${id.slice(0, 8)}.${file.name.split('.').at(-1)}`,
    headers: { 'content-security-policy': "sandbox; default-src 'none'" },
  }
}

/** The bytes go; that there was a file stays. */
export async function removeFile(ctx: Ctx, owner: string, id: string) {
  await files(ctx, owner).where('id', '=', id).executeTakeFirstOrThrow(notFound)
  await ctx.db.deleteFrom('kernel.file_part').where('ambito_id', '=', ctx.ambito_id).where('file_id', '=', id).execute()
  await ctx.db
    .updateTable('kernel.file')
    .set({ removed_at: ctx.now.toString(), removed_by: ctx.actor.account_id, name: 'file' })
    .where('ambito_id', '=', ctx.ambito_id)
    .where('id', '=', id)
    .execute()
}
