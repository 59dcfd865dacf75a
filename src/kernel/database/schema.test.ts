import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { freshDatabase } from '../../../test/kit/database.ts'
import { root } from '../root.ts'
import { describeDatabase } from './describe.ts'

const { owner_url } = await freshDatabase()
const described = await describeDatabase(owner_url)
const folder = join(root, 'db/schema')

test('db/schema describes the database that the migrations make (npm run db)', () => {
  const committed = readdirSync(folder).map((name) => [
    name.replace(/\.txt$/, ''),
    readFileSync(join(folder, name), 'utf8'),
  ])
  expect(new Map(committed as [string, string][])).toEqual(described.schemas)
})

test('the types of rows are those of the database (npm run db)', () => {
  expect(readFileSync(join(root, 'src/kernel/database/rows.ts'), 'utf8')).toBe(described.rows)
})
