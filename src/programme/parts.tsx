/** What other modules may show: references of a thing, and the mark of what is only assumed. */
import type { z } from 'zod'
import type { Form } from '../kernel/form.ts'
import { Chip } from '../ui/chip.tsx'
import { Select } from '../ui/choice.tsx'
import { Field } from '../ui/field.tsx'
import { useFrame } from '../ui/frame.ts'
import { Link } from '../ui/link.tsx'
import { dayInWords } from '../ui/words-of-time.ts'
import type { SignedLines as Lines } from './actions/signed-lines.ts'
import type { referenceFields } from './forms.ts'
import { type ReferenceKind, referenceKinds } from './rules/references.ts'
import { programme } from './urls.ts'

type Shown = { what: ReferenceKind; number: string; dated: string | null; note: string }

/** The references of a thing, for the screen and for print. `of` with `back` adds the link where they are written. */
export function References({
  rows,
  of,
}: {
  rows: readonly Shown[]
  of?: { kind: string; thing_id: string; back: string }
}) {
  const { t } = useFrame()
  return (
    <section class="references">
      <h2>{t('programme.references.title')}</h2>
      {rows.length === 0 ? (
        <p>{t('programme.references.none')}</p>
      ) : (
        <ul>
          {rows.map((row) => (
            <li>
              <ReferenceLine {...row} />
            </li>
          ))}
        </ul>
      )}
      {of && (
        <p class="d-print-none">
          <a href={programme.references.href({ kind: of.kind, thing: of.thing_id }, { torna: of.back })}>
            {t('programme.references.edit')}
          </a>
        </p>
      )}
    </section>
  )
}

export function ReferenceLine({ what, number, dated, note }: Shown) {
  const { t, lang } = useFrame()
  const name = t(`programme.reference.what.${what}`)
  const shown = what === 'mail' ? <Link href={`mailto:${number}`}>{number}</Link> : <bdi>{number}</bdi>
  return (
    <>
      {name} {shown}
      {dated && ` ${t('programme.reference.of_day', { day: dayInWords(dated, lang, '', 'numeric') })}`}
      {note && ` – ${note}`}
    </>
  )
}

/** The same for papers and files: one line of text each. */
export const referenceText = (
  { what, number, dated, note }: Shown,
  t: ReturnType<typeof useFrame>['t'],
  lang: string,
) =>
  [
    t(`programme.reference.what.${what}`),
    number,
    dated && t('programme.reference.of_day', { day: dayInWords(dated, lang, '', 'numeric') }),
    note && `– ${note}`,
  ]
    .filter(Boolean)
    .join(' ')

type ReferenceForm = Form<z.ZodObject<typeof referenceFields>>

/** The four fields of a reference inside another form, whose schema includes `referenceFields`. */
export function ReferenceFields({ form }: { form: ReferenceForm }) {
  const { t } = useFrame()
  return (
    <>
      <Select
        form={form}
        name="what"
        label={t('programme.reference.what')}
        options={referenceKinds.map((what) => ({ value: what, text: t(`programme.reference.what.${what}`) }))}
      />
      <Field form={form} name="number" label={t('programme.reference.number')} width="medium" />
      <Field form={form} name="dated" kind="date" label={t('programme.reference.dated')} optional />
      <Field form={form} name="note" label={t('programme.reference.note')} optional />
    </>
  )
}

/** Beside a value nobody has confirmed. */
export function Assumed() {
  const { t } = useFrame()
  return <Chip state="wait">{t('programme.target.assumed')}</Chip>
}

/** Beside a register: who signed where no name was printed, and where to say it of the other lines. */
export function SignedLines({ of: { named, free, at } }: { of: Lines }) {
  const { t } = useFrame()
  const [first] = free
  return (
    <>
      {named.length > 0 && (
        <p>
          {t('programme.scans.lines.own')}{' '}
          {named.map((line, place) => {
            const where = t('programme.scans.lines.on', { row: line.row, sheet: line.sheet })
            const href = at(line)
            return (
              <>
                {place > 0 && ' · '}
                <bdi>{line.who?.name ?? t('programme.scans.lines.gone')}</bdi>,{' '}
                {href ? <a href={href}>{where}</a> : where}
              </>
            )
          })}
        </p>
      )}
      {first && (
        <p>
          <a href={at(first)}>{t('programme.scans.lines.free', { count: free.length })}</a>
        </p>
      )}
    </>
  )
}
