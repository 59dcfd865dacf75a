/**
 * The mark of a numbered sheet: which sheet of which thing, with a seal only this installation can make. A sheet printed by
 * another installation, or drawn by somebody, does not file itself.
 */
import qrcode from 'qrcode'
import type { Ctx } from '../ctx.ts'
import type { Picture } from '../documents/document.ts'

/** `printing`: of a sheet whose lines are remembered (printings.ts). */
export type SheetRef = { kind: string; thing_id: string; sheet: number; printing?: number }
type Here = Pick<Ctx, 'ambito_id' | 'seal'>

const numberOf = ({ sheet, printing }: Pick<SheetRef, 'sheet' | 'printing'>) =>
  printing ? `${sheet}-${printing}` : String(sheet)
const sealed = ({ ambito_id, seal }: Here, { kind, thing_id, ...ref }: SheetRef) =>
  seal(`${ambito_id}/${kind}/${thing_id}/${numberOf(ref)}`)

/** Capitals and digits only: the square stays coarse, and is read from a bad copy. */
export const markText = (here: Here, ref: SheetRef) =>
  [
    'LI1',
    ref.kind.toUpperCase(),
    ref.thing_id.replaceAll('-', '').toUpperCase(),
    numberOf(ref),
    sealed(here, ref),
  ].join('/')

/** Undefined: not one of our marks; null: it looks like one, but was not made here for this Ambito. */
export function readMark(here: Here, text: string): SheetRef | null | undefined {
  const parts = /^LI1\/([A-Z_]+\.[A-Z_]+)\/([0-9A-F]{32})\/([1-9]\d{0,3})(?:-([1-9]\d{0,3}))?\/([0-9A-Z]{10})$/.exec(
    text,
  )
  if (!parts) return text.startsWith('LI1/') ? null : undefined
  const [, kind = '', hex = '', sheet = '', printing, given] = parts
  const thing_id = hex.toLowerCase().replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')
  const ref = {
    kind: kind.toLowerCase(),
    thing_id,
    sheet: Number(sheet),
    ...(printing && { printing: Number(printing) }),
  }
  return sealed(here, ref) === given ? ref : null
}

/** The mark as a template shows it (`sheet-mark` in frame.typ), and its picture. */
export async function sheetMark(here: Here, ref: SheetRef, words: string) {
  const svg = await qrcode.toString(markText(here, ref), { type: 'svg', errorCorrectionLevel: 'Q', margin: 4 })
  const picture: Picture = { name: `mark-${ref.sheet}.svg`, bytes: new TextEncoder().encode(svg) }
  return { mark: { picture: picture.name, words }, picture }
}
