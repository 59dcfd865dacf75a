/** One row of a register of mediations, as people have kept it, read into what it says. */
import { ahead, folded, readDay } from '../../kernel/cells.ts'
import type { CellProblem, Cells, Column } from '../../kernel/register.ts'
import { type Mode, modes, type outcomes } from '../codes.ts'
import list from '../lists/mediation-fields.json' with { type: 'json' }

const sameDay = (cell: string) => {
  const read = readDay(cell, ahead)
  return typeof read === 'string' ? cell : read.day
}
const sameTime = (cell: string) => timeOf(cell) ?? cell
export const mediationColumns: readonly Column[] = [
  { key: 'date', headers: ['Data', 'Giorno', 'Date'], same: sameDay },
  { key: 'body', headers: ['Ente', 'Ente richiedente', 'Servizio', 'Body'] },
  { key: 'place_comune', headers: ['Comune', 'Comune dell’ente', 'Municipality'] },
  { key: 'contact', headers: ['Referente', 'Contact'] },
  { key: 'call_language', headers: ['Lingua', 'Lingua richiesta', 'Language'] },
  { key: 'field', headers: ['Ambito di intervento', 'Ambito', 'Field'] },
  { key: 'mediator', headers: ['Mediatore', 'Mediatrice', 'Mediator'] },
  { key: 'starts', headers: ['Inizio', 'Ora inizio', 'Dalle', 'Start'], same: sameTime },
  { key: 'ends', headers: ['Fine', 'Ora fine', 'Alle', 'End'], same: sameTime },
  { key: 'mode', headers: ['Modalità', 'Mode'] },
  { key: 'outcome', headers: ['Esito', 'Outcome'] },
]

/** `14.30`, `14:30`, `9`, and the fraction of a day a spreadsheet keeps. */
export function timeOf(cell: string): string | undefined {
  const fraction = /^0?[.,]\d+$/.test(cell) ? Math.round(Number(cell.replace(',', '.')) * 1440) : undefined
  const found = fraction === undefined ? /^(\d{1,2})(?:[.:,h ]\s*(\d{2}))?(?::\d{2})?$/i.exec(cell.trim()) : null
  const [hour, minute] =
    fraction === undefined
      ? [Number(found?.[1] ?? Number.NaN), Number(found?.[2] ?? 0)]
      : [Math.floor(fraction / 60), fraction % 60]
  return hour < 24 && minute < 60 ? `${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}` : undefined
}

const labels = (items: readonly { code: string; it: string; en: string }[]) =>
  new Map(items.flatMap(({ code, it, en }) => [code, it, en].map((word) => [folded(word), code] as const)))
const fieldBook = labels(list.items)
const modeBook = labels(list.related.mode)
const outcomeBook = labels(list.related.outcome)
/** What registers write that the lists do not. */
const fieldHints: readonly (readonly [RegExp, string])[] = [
  [/consultori/, 'SAN_CONS'],
  [/osped|ambulator|sanit/, 'SAN_OSP'],
  [/infanzia|nido|asilo/, 'SCU_INF'],
  [/primaria|elementar/, 'SCU_PRI'],
  [/media|secondaria di i\b|secondaria i\b/, 'SCU_SEC1'],
  [/superior|secondaria/, 'SCU_SEC2'],
  [/cpia|adulti/, 'SCU_ADU'],
  [/scuol|scolast/, 'SCU_PRI'],
  [/tutela|minori/, 'SOC_TUT'],
  [/social/, 'SOC_COM'],
  [/anagraf|comun/, 'COM_ANA'],
  [/sportello/, 'SPO_STR'],
  [/lavoro|self/, 'LAV_SELF'],
  [/legal|avvocat|patronat/, 'LEG_AVV'],
]
const hinted = (text: string) => fieldHints.find(([pattern]) => pattern.test(text))?.[1]

export type MediationSaid = {
  on: string
  body: string
  contact: string
  comune: string
  language: string
  field: string
  mediator: string
  from: string
  to: string
  mode: Mode
  outcome: (typeof outcomes)[number]
}
type Finders = { comune(text: string): string | undefined; language(text: string): string | undefined; today: string }

export function readMediation(
  cells: Cells,
  { comune, language, today }: Finders,
): { said?: MediationSaid; problems: CellProblem[] } {
  const problems: CellProblem[] = []
  const need = (key: string) => {
    if (!cells[key]) problems.push({ column: key, problem: 'kernel.form.required' })
    return cells[key] ?? ''
  }
  const read = readDay(need('date'), ahead)
  const on = typeof read === 'object' && read.precision === 'day' ? read.day : undefined
  if (cells.date && !on) problems.push({ column: 'date', problem: 'kernel.form.not_a_day' })
  else if (on && on > today) problems.push({ column: 'date', problem: 'mediation.error.register_future' })
  const [from, to] = [timeOf(need('starts')), timeOf(need('ends'))]
  for (const [key, time] of [
    ['starts', from],
    ['ends', to],
  ] as const)
    if (cells[key] && !time) problems.push({ column: key, problem: 'kernel.form.not_a_time' })
  if (from && to && to <= from) problems.push({ column: 'ends', problem: 'mediation.error.ends_before' })
  const spoken = language(need('call_language'))
  if (cells.call_language && !spoken)
    problems.push({ column: 'call_language', problem: 'mediation.error.register_language' })
  const where = comune(need('place_comune'))
  if (cells.place_comune && !where)
    problems.push({ column: 'place_comune', problem: 'mediation.error.register_comune' })
  const field = folded(cells.field ?? '')
  const said = {
    on: on ?? '',
    body: need('body').slice(0, 200),
    contact: (cells.contact ?? '').slice(0, 120),
    comune: where ?? '',
    language: spoken ?? '',
    field: fieldBook.get(field) ?? hinted(field) ?? 'ALTRO',
    mediator: need('mediator').slice(0, 120),
    from: from ?? '',
    to: to ?? '',
    mode: modeOf(folded(cells.mode ?? '')),
    outcome: (outcomeBook.get(folded(cells.outcome ?? '')) ?? 'RAGG') as MediationSaid['outcome'],
  }
  return problems.length > 0 ? { problems } : { said, problems }
}
function modeOf(text: string): Mode {
  const found =
    modeBook.get(text) ??
    (/telef/.test(text)
      ? 'TEL'
      : /video|online|remot/.test(text)
        ? 'VIDEO'
        : /scritt|traduz/.test(text)
          ? 'SCRITTA'
          : 'PRES')
  return modes.find((mode) => mode === found) ?? 'PRES'
}
