/** A register made in the test, fed through the command line as somebody would. */
import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { command } from './command.ts'
import type { TestHouse } from './house.ts'

const folder = mkdtempSync(join(tmpdir(), 'labimpact-registers-'))
let files = 0

/** The path of a file with these bytes. */
export function fileOf(bytes: string | Uint8Array, name = 'registro.csv') {
  const path = join(folder, `${++files}-${name}`)
  writeFileSync(path, bytes)
  return path
}

export type VisitCells = Partial<
  Record<
    | 'Data'
    | 'Sportello'
    | 'Cognome'
    | 'Nome'
    | 'Data di nascita'
    | 'Sesso'
    | 'Cittadinanza'
    | 'Telefono'
    | 'Titolo di soggiorno'
    | 'Numero titolo'
    | 'Scadenza titolo'
    | 'Titolo visto'
    | 'Informativa'
    | 'Motivo'
    | 'Esito'
    | 'Note'
    | 'Codice fiscale'
    | 'Minuti'
    | 'Lingua'
    | 'Comune'
    | 'Operatore',
    string
  >
>

/** The rows as CSV, under the headers that are used. */
export function csvOf(rows: readonly VisitCells[], delimiter = ';') {
  const header = [...new Set(rows.flatMap((row) => Object.keys(row)))] as (keyof VisitCells)[]
  const quoted = (cell: string) => (/[";,\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell)
  return [header, ...rows.map((row) => header.map((key) => row[key] ?? ''))]
    .map((cells) => cells.map(quoted).join(delimiter))
    .join('\n')
}

/** Feeds visits; what is not said of a row is that it happened at the immigrants' desk on 7 January 2026. */
export async function feedVisits(town: Pick<TestHouse, 'house'>, rows: readonly VisitCells[], ...more: string[]) {
  const whole = rows.map((row) => ({
    Data: '07/01/2026',
    Sportello: 'Immigrati',
    Motivo: 'casa',
    Esito: 'risolto',
    ...row,
  }))
  return command(town, 'import', 'visits', fileOf(csvOf(whole)), '--format', 'json', ...more)
}
