import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { IntlMessageFormat } from 'intl-messageformat'
import { describe, expect, it } from 'vitest'
import { root } from '../kernel/root.ts'

type Words = Record<string, string>
const read = (folder: string, file: string) => JSON.parse(readFileSync(join(root, folder, file), 'utf8')) as Words
const holes = (text: string) => [...new Set([...text.matchAll(/\{(\w+)[,}]/g)].map(([, name]) => name))].sort()

describe.each(['src/ui/text', 'src/kernel/text'])('%s', (folder) => {
  const files = readdirSync(join(root, folder)).filter((file) => file !== 'it.json' && file !== 'staff.it.json')
  it.each(files)('%s has the keys and the holes of the Italian', (file) => {
    const italian = read(folder, file.startsWith('staff.') ? 'staff.it.json' : 'it.json')
    const words = read(folder, file)
    expect(Object.keys(words)).toEqual(Object.keys(italian))
    for (const [key, text] of Object.entries(words)) {
      expect([key, holes(text)]).toEqual([key, holes(italian[key] as string)])
      // Throws when a message is not well formed in its language.
      new IntlMessageFormat(text, file.replace(/^staff\.|\.json$/g, ''), undefined, { ignoreTag: true })
    }
  })
})
