/**
 * Looking into files: `SCAN_COMMAND` is a program that reads a file from its standard input and ends with 0 (clean) or
 * 1 (something bad is in it), as `clamdscan -` does. Any other end, or none, leaves the file closed and is tried again.
 */
import { spawn } from 'node:child_process'
import type { Ctx } from '../ctx.ts'
import { slowJob } from '../events.ts'

const longest = 120_000

export class ScannerAway extends Error {}

export const lookInto = slowJob<{ file_id: string }>('kernel.look_into_file', async ({ config, open }, { file_id }) => {
  const waiting = await open((ctx) => bytesWaiting(ctx, file_id))
  if (!waiting || !config.scan_command) return
  const clean = await ask(config.scan_command, waiting)
  await open(async (ctx) => {
    const { numUpdatedRows } = await ctx.db
      .updateTable('kernel.file')
      .set({ scan: clean ? 'clean' : 'refused', scanned_at: ctx.now.toString() })
      .where('ambito_id', '=', ctx.ambito_id)
      .where('id', '=', file_id)
      .where('scan', '=', 'waiting')
      .executeTakeFirst()
    if (clean && numUpdatedRows > 0) for (const { file_clean } of ctx.modules) await file_clean?.(ctx, file_id)
  })
})

async function bytesWaiting({ db, ambito_id }: Ctx, file_id: string) {
  const parts = await db
    .selectFrom('kernel.file as f')
    .innerJoin('kernel.file_part as p', (join) =>
      join.onRef('p.ambito_id', '=', 'f.ambito_id').onRef('p.file_id', '=', 'f.id'),
    )
    .select('p.bytes')
    .where('f.ambito_id', '=', ambito_id)
    .where('f.id', '=', file_id)
    .where('f.scan', '=', 'waiting')
    .orderBy('p.part')
    .execute()
  return parts.length === 0 ? undefined : Buffer.concat(parts.map((part) => part.bytes))
}

function ask(command: string, bytes: Buffer) {
  const [program = '', ...args] = command.split(/\s+/)
  return new Promise<boolean>((resolve, reject) => {
    const scanner = spawn(program, args, { stdio: ['pipe', 'ignore', 'ignore'], timeout: longest })
    scanner.on('error', () => reject(new ScannerAway('the scanner cannot be started')))
    scanner.on('close', (code) => {
      if (code === 0 || code === 1) resolve(code === 0)
      else reject(new ScannerAway(`the scanner ended with ${code}`))
    })
    scanner.stdin.on('error', () => {})
    scanner.stdin.end(bytes)
  })
}
