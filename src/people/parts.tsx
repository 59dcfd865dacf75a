/** What other modules show of a person: the head line, the same everywhere. */
import type { Child } from 'hono/jsx'
import type { TextKey } from '../kernel/i18n.ts'
import { countryName, languageName } from '../territory/actions.ts'
import { Chip } from '../ui/chip.tsx'
import { useFrame } from '../ui/frame.ts'
import { Name } from '../ui/name.tsx'
import { Day } from '../ui/time.tsx'
import type { HeadLine } from './actions.ts'
import { isMissing } from './rules.ts'
import { people } from './urls.ts'

export type { HeadLine } from './actions.ts'
export { NewPersonPage } from './pages/person.tsx'
export { type Kin, kinOf, WhoSigns } from './parts/household.tsx'

/** Name and script, age, citizenship, language, the title, and whether the person counts; the last chip opens exactly the missing field. */
export function PersonLine({ of, linked = true, then }: { of: HeadLine; linked?: boolean; then?: string }) {
  const name = <Name latin={of.latin} original={of.original} />
  return (
    <span class="person-line">
      {linked ? <a href={people.file.href({ id: of.id })}>{name}</a> : <strong>{name}</strong>}{' '}
      <PersonDetails of={of} />
      <TitleChip of={of} /> <StandingChip of={of} {...(then && { then })} />
    </span>
  )
}

export function PersonDetails({ of }: { of: HeadLine }) {
  const { t, lang } = useFrame()
  const known: Child[] = [
    of.age !== null && t('people.head.age', { age: of.age, about: of.born_precision === 'year' ? 'yes' : 'no' }),
    of.citizenships.length > 0 && of.citizenships.map((code) => countryName(code, lang)).join(', '),
    of.language && languageName(of.language, lang),
  ].filter(Boolean)
  return <span class="person-details">{known.map((one, index) => (index === 0 ? one : <> · {one}</>))} </span>
}

export function TitleChip({ of: { title } }: { of: HeadLine }) {
  const { t } = useFrame()
  if (!title) return <Chip state="none">{t('people.head.no_title')}</Chip>
  if (!title.seen) return <Chip state="wait">{t('people.head.title_not_shown')}</Chip>
  if (!title.expires_on) return <Chip state="good">{t('people.head.title_verified')}</Chip>
  return (
    <Chip state="good">
      {t('people.head.title_verified_to')} <Day on={title.expires_on} as="short" />
    </Chip>
  )
}

export function StandingChip({
  of,
  then,
  linked = true,
}: {
  of: Pick<HeadLine, 'id' | 'verdict' | 'reason'>
  then?: string
  linked?: boolean
}) {
  const { t } = useFrame()
  if (of.verdict === 'yes') return <Chip state="good">{t('people.head.countable')}</Chip>
  const reason = of.reason ?? 'citizenship_unknown'
  const text = t(`people.reason.${reason}` as TextKey)
  if (linked && isMissing(reason))
    return (
      <Chip state="wait" href={people.missing.href({ id: of.id, what: reason }, { poi: then })}>
        {text}
      </Chip>
    )
  return <Chip state={of.verdict === 'check' || isMissing(reason) ? 'wait' : 'none'}>{text}</Chip>
}

/** Name alone, linked to the file. */
export function PersonName({ of }: { of: HeadLine }) {
  return (
    <a href={people.file.href({ id: of.id })}>
      <Name latin={of.latin} original={of.original} />
    </a>
  )
}
