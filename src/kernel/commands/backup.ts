/** `backup`: every table in one snapshot, as one file that `restore` reads on another machine or another kind of database. */
import { open, stat } from 'node:fs/promises'
import { resolve } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { createGzip } from 'node:zlib'
import pg from 'pg'
import { to as copyTo } from 'pg-copy-streams'
import { openPostgres } from '../database/postgres.ts'
import { bearWitness, besideBackup, seenBy } from '../witness.ts'
import { type Head, linesIn, openSum, sequences, type Tail, tables } from './backup-file.ts'
import type { HouseCommand } from './commands.ts'

export const backup: HouseCommand = {
  name: 'backup',
  usage: 'FILE',
  help: `Writes everything the installation knows into one file, while it works on: people, figures, papers, files.
The file is complete and of one moment. It holds personal data and is not encrypted: keep it where only the office comes.
SECRET is not in it: keep a copy of its own, since codes and marks made with it cannot be read without.
Beside it, witness.list says who was erased and where the record of who looked stood: keep it with the newest.

  FILE   for example labimpact-2026-11-22.backup; a file that is there is never overwritten`,
  async keep(argv, { config, print, tell, cwd }) {
    const [name, ...more] = argv
    if (!name || more.length > 0) {
      tell('One file is needed: backup labimpact-2026-11-22.backup.')
      return 2
    }
    const path = resolve(cwd, name)
    const file = await open(path, 'wx', 0o600).catch((error: NodeJS.ErrnoException) => {
      tell(error.code === 'EEXIST' ? `${path} is there already: choose another name.` : error.message)
    })
    if (!file) return 1
    const postgres = await openPostgres(config)
    const owner = new pg.Client({ connectionString: postgres.owner_url, application_name: 'labimpact backup' })
    try {
      await owner.connect()
      let rows = 0
      const lines = written(owner, (count) => {
        rows += count
      })
      bearWitness(besideBackup(path), await seenBy(owner))
      await pipeline(Readable.from(lines, { objectMode: false }), createGzip(), file.createWriteStream())
      print(`${path}: ${rows} rows, ${Math.ceil((await stat(path)).size / 1e6)} MB`)
      tell('Keep a copy elsewhere, and one of SECRET apart from it.')
      return 0
    } finally {
      await owner.end()
      await postgres.stop()
    }
  },
}

async function* written(owner: pg.Client, counted: (rows: number) => void) {
  await owner.query('begin isolation level repeatable read read only')
  await owner.query(`set local statement_timeout = 0; set local timezone = 'UTC'; set local intervalstyle = 'iso_8601'`)
  const { rows: migrations } = await owner.query<Head['migrations'][number]>(
    'select name, checksum from kernel.migration order by name',
  )
  const head: Head = { labimpact: 1, made_at: new Date().toISOString(), migrations }
  yield `${JSON.stringify(head)}\n`
  for (const { name, columns } of await tables(owner)) {
    yield `copy ${name} (${columns})\n`
    const sum = openSum()
    for await (const line of linesIn(owner.query(copyTo(`copy ${name} (${columns}) to stdout`)))) {
      sum.add(line)
      yield Buffer.concat([line, newline])
    }
    counted(sum.rows)
    yield `\\. ${JSON.stringify(sum.ended())}\n`
  }
  const tail: Tail = { end: true, sequences: await sequences(owner) }
  yield `${JSON.stringify(tail)}\n`
  await owner.query('commit')
}
const newline = Buffer.from('\n')
