import type { Child } from 'hono/jsx'
import type { Translate } from '../../kernel/i18n.ts'
import type { FileSection } from '../../kernel/module.ts'
import { countryName, languageName } from '../../territory/actions.ts'
import { Actions } from '../../ui/actions.tsx'
import { ButtonForm, type ButtonKind } from '../../ui/button-form.tsx'
import { Callout } from '../../ui/callout.tsx'
import { Chip } from '../../ui/chip.tsx'
import { useFrame } from '../../ui/frame.ts'
import { Page } from '../../ui/page.tsx'
import { Table } from '../../ui/table.tsx'
import { Day } from '../../ui/time.tsx'
import { Undo } from '../../ui/undo.tsx'
import type { Decision } from '../actions/duplicates.ts'
import type { ComparedPair, PersonFile } from '../actions.ts'
import { isSensitive, kindLabel } from '../codes.ts'
import { PersonName, StandingChip } from '../parts.tsx'
import { type Agreement, agreement } from '../rules/side-by-side.ts'
import { phoneDigits } from '../sound/numbers.ts'
import { people } from '../urls.ts'

export type Side = { file: PersonFile; comune: string | null; sections: FileSection[] }
type Props = { pair: ComparedPair; one: Side; other: Side; together: boolean; merged: JustMerged }

const worded = [
  'same_title_number',
  'same_tax_code',
  'same_phone',
  'name_sounds_equal',
  'name_similar',
  'same_birth',
  'same_birth_year',
  'birth_slip',
  'birth_differs',
  'gender_differs',
  'scripts_differ',
] as const
type Worded = (typeof worded)[number]

/** What speaks for one person, and what against. */
export const reasonsInWords = (reasons: readonly string[], t: Translate) =>
  reasons
    .filter((reason): reason is Worded => (worded as readonly string[]).includes(reason))
    .map((reason) => t(`people.pair.reason.${reason}`))
    .join(', ')

/** Everything known of two files, side by side, and three answers. */
export function PairPage({ pair, one, other, together, merged }: Props) {
  const { t } = useFrame()
  const decided = together ? 'same' : pair.decision === 'different' ? 'different' : null
  return (
    <Page title={t('people.pair.title')} lead={t('people.pair.lead')} wide>
      <UndoMerge of={merged} />
      {pair.reasons.length > 0 && <Callout title={reasonsInWords(pair.reasons, t)} />}
      {decided === 'same' && <Callout state="good">{t('people.pair.decided_same')}</Callout>}
      {decided === 'different' && <Callout state="good">{t('people.pair.decided_different')}</Callout>}
      <Table
        caption={t('people.pair.title')}
        caption_hidden
        rows={linesOf(one, other, t)}
        empty=""
        columns={[
          { header: t('people.pair.what'), names: true, cell: (line) => line.what },
          { header: t('people.duplicates.one'), cell: (line) => line.one },
          { header: t('people.duplicates.other'), cell: (line) => line.other },
          { header: t('people.pair.compared'), cell: (line) => <AgreementChip of={line.agreement} /> },
        ]}
      />
      {decided !== 'same' && <Answers pair={pair} again={decided === 'different'} />}
      <h2 class="h4">{t('people.pair.also')}</h2>
      <div class="side-by-side">
        <Sections of={one} />
        <Sections of={other} />
      </div>
      <p>
        <a href={people.duplicates.href()}>{t('people.pair.back')}</a>
      </p>
    </Page>
  )
}

/** Three answers; of two told apart before, that they are one after all. */
function Answers({ pair: { one, other }, again }: { pair: ComparedPair; again: boolean }) {
  const { t } = useFrame()
  const answer = (decision: Decision, kind: ButtonKind) => (
    <ButtonForm
      action={people.pair.href({ one, other })}
      values={{ decision }}
      kind={kind}
      shortcut={t(`people.pair.${decision}.key`).toLowerCase()}
    >
      {t(`people.pair.${decision}`)} <kbd>{t(`people.pair.${decision}.key`)}</kbd>
    </ButtonForm>
  )
  if (again) return <Actions>{answer('same', 'outline')}</Actions>
  return (
    <Actions>
      {answer('same', 'primary')}
      {answer('different', 'outline')}
      {answer('unsure', 'quiet')}
    </Actions>
  )
}

export type JustMerged = { id: string; merge: string } | null | '' | undefined

/** The decision of a moment ago can be taken back without looking for the file. */
export function UndoMerge({ of }: { of: JustMerged }) {
  const { t } = useFrame()
  return of ? <Undo action={people.mergeEnd.href(of)}>{t('people.said.merged')}</Undo> : null
}

function AgreementChip({ of }: { of: Agreement }) {
  const { t } = useFrame()
  if (of === null) return null
  return <Chip state={of === 'agrees' ? 'good' : 'wait'}>{t(`people.pair.${of}`)}</Chip>
}

function Sections({ of: { sections, file } }: { of: Side }) {
  return (
    <div>
      <p>
        <PersonName of={file.head} />
      </p>
      {sections.map((section) => (
        <section class="section">
          <h3 class="h5">{section.title}</h3>
          {section.body as Child}
        </section>
      ))}
    </div>
  )
}

type Line = { what: string; one: Child; other: Child; agreement: Agreement }

function linesOf(one: Side, other: Side, t: Translate): Line[] {
  const { lang } = useFrame()
  const line = (what: string, show: (side: Side) => Child, values?: (side: Side) => string[]): Line => ({
    what,
    one: show(one),
    other: show(other),
    agreement: values ? agreement(values(one), values(other)) : null,
  })
  const listed = (items: Child[]) =>
    items.length > 0 ? (
      <ul class="plain">
        {items.map((item) => (
          <li>{item}</li>
        ))}
      </ul>
    ) : (
      ''
    )
  const birth = ({ file: { head } }: Side) =>
    head.born && (head.born_precision === 'year' ? head.born.slice(0, 4) : <Day on={head.born} as="short" />)
  // Where one file knows the year alone, the years are compared.
  const years = [one, other].some(({ file: { head } }) => head.born_precision === 'year')
  const born = ({ file: { head } }: Side) => (head.born ? [years ? head.born.slice(0, 4) : head.born] : [])
  return [
    line(t('people.pair.spellings'), ({ file }) =>
      listed(
        [...new Set(file.names.map((name) => `${name.surname} ${name.given_names}`.trim()))].map((name) => (
          <bdi>{name}</bdi>
        )),
      ),
    ),
    line(t('people.field.born'), birth, born),
    line(
      t('people.field.gender'),
      ({ file }) => file.head.gender && t(`people.gender.${file.head.gender as 'F'}`),
      ({ file }) => (file.head.gender ? [file.head.gender] : []),
    ),
    line(
      t('people.field.citizenship'),
      ({ file }) => file.head.citizenships.map((code) => countryName(code, lang)).join(', '),
      ({ file }) => file.head.citizenships,
    ),
    line(
      t('people.field.comune'),
      ({ comune }) => comune,
      ({ comune }) => (comune ? [comune] : []),
    ),
    line(
      t('people.field.phone'),
      ({ file }) => listed(file.phones.map((phone) => <bdi>{phone.typed}</bdi>)),
      ({ file }) => file.phones.flatMap((phone) => phoneDigits(phone.typed) ?? []),
    ),
    line(
      t('people.field.email'),
      ({ file }) => file.emails.map((email) => email.address).join(', '),
      ({ file }) => file.emails.map((email) => email.address),
    ),
    line(
      t('people.field.tax_code'),
      ({ file }) => file.person.tax_code,
      ({ file }) => (file.person.tax_code ? [file.person.tax_code] : []),
    ),
    line(
      t('people.field.speaks'),
      ({ file }) =>
        spoken(file)
          .map((code) => languageName(code, lang))
          .join(', '),
      ({ file }) => spoken(file),
    ),
    line(
      t('people.file.titles'),
      ({ file }) => listed(file.titles.map((title) => <TitleLine of={title} shows={file.sees_kinds} />)),
      ({ file }) => file.titles.flatMap((title) => title.number ?? []),
    ),
    line(t('people.pair.notices'), ({ file }) =>
      listed(file.notices.map((notice) => <Day on={notice.given_on} as="short" />)),
    ),
    line(t('people.pair.standing'), ({ file }) => <StandingChip of={file.head} linked={false} />),
  ].filter((known) => known.one || known.other)
}

const spoken = (file: PersonFile) =>
  file.languages.filter(({ use }) => use === 'speaks').map(({ language }) => language)

function TitleLine({ of: title, shows }: { of: PersonFile['titles'][number]; shows: boolean }) {
  const { t, lang } = useFrame()
  return (
    <>
      {shows || !isSensitive(title.kind) ? kindLabel(title.kind, lang) : t('people.head.title_verified')}
      {title.number && (
        <>
          {' '}
          <bdi>{title.number}</bdi>
        </>
      )}
      {title.expires_on && (
        <>
          {' · '}
          <Day on={title.expires_on} as="short" />
        </>
      )}
    </>
  )
}
