import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'

/** The folder of package.json: texts, lists, documents and migrations are read from here, in the bundle as in the sources. */
export const root = upTo(import.meta.dirname)

function upTo(folder: string): string {
  return existsSync(join(folder, 'package.json')) ? folder : upTo(dirname(folder))
}
