import type { HeadLine } from '../../people/parts.tsx'
import { ExportLink } from '../../ui/export.tsx'
import { Facts } from '../../ui/facts.tsx'
import { useFrame } from '../../ui/frame.ts'
import { Name } from '../../ui/name.tsx'
import { Page } from '../../ui/page.tsx'
import { Table } from '../../ui/table.tsx'
import { Count, Day } from '../../ui/time.tsx'
import {
  type Age,
  ageKeys,
  ages,
  type Cell,
  type Figure as FigureRow,
  type Gender,
  type Group,
  genders,
  type PeriodAsked,
  publicCells,
  type Trait,
  traits,
  unknownGroup,
} from '../rules/report.ts'
import type { Definition } from '../store/definitions.ts'
import type { Counted } from '../store/people.ts'
import { monitoring } from '../urls.ts'
import { type MadeOf, MadeOfList } from './made-of.tsx'
import { Figure } from './number.tsx'
import { PeriodFilter, periodIn } from './period.tsx'

export type Chosen = {
  gender?: Gender | undefined
  age?: Age | undefined
  group?: (Group & { name: string }) | undefined
  only_new: boolean
}
/** Null for readers who see no person, and for rows that count none. */
export type People = { people: readonly (Counted & { head: HeadLine | undefined })[]; next: string | null } | null
type Props = {
  row: Definition
  figure: FigureRow
  asked: PeriodAsked
  chosen: Chosen
  people: People
  /** What a row that counts no persons is made of. */
  made_of: MadeOf | null
  divided: Divided | null
  sees: { cells: boolean; small: boolean }
}

type Divided = {
  trait: Trait
  shares: readonly { code: string | null; name: string; people: number }[]
  others: number
}

export function FigurePage({ row, figure, asked, chosen, people, made_of, divided, sees }: Props) {
  const { t, lang } = useFrame()
  return (
    <Page title={row.code} heading={lang === 'en' ? row.name_en : row.name_it} lead={row.code}>
      <p>{lang === 'en' ? row.says_en : row.says_it}</p>
      <PeriodFilter action={monitoring.figure.href({ code: row.code })} asked={asked} />
      <Facts
        of={[
          [t('monitoring.figure.value'), <Figure of={figure.value} counts={row.counts} hides={!sees.small} />],
          [t('monitoring.figure.new'), <Figure of={figure.new} counts={row.counts} hides={!sees.small} />],
        ]}
      />
      {sees.cells && row.counts === 'persons' && (
        <Cells row={row} cells={figure.cells} asked={asked} opens={people !== null} small={sees.small} />
      )}
      {sees.cells && row.counts === 'persons' && (
        <Shares row={row} asked={asked} divided={divided} {...(people && { opens: chosen })} />
      )}
      {people && <PeopleList row={row} asked={asked} chosen={chosen} people={people} />}
      {made_of && <MadeOfList row={row} asked={asked} only_new={chosen.only_new} of={made_of} />}
    </Page>
  )
}

type CellsProps = { row: Definition; cells: readonly Cell[]; asked: PeriodAsked; opens: boolean; small: boolean }

function Cells({ row, cells, asked, opens, small }: CellsProps) {
  const { t } = useFrame()
  const seen = small ? cells : publicCells(cells)
  const number = (gender: Gender, age: Age) => {
    const cell = seen.find((one) => one.gender === gender && one.age === age)
    const shown = <Figure of={cell ? cell.value : 0} counts={row.counts} hides={false} />
    return opens && cell ? (
      <a href={monitoring.figure.href({ code: row.code }, { ...periodIn(asked), sesso: gender, eta: age })}>{shown}</a>
    ) : (
      shown
    )
  }
  return (
    <section>
      <h2 class="h4">{t('monitoring.figure.cells')}</h2>
      <p class="form-text">{small ? t('monitoring.figure.cells.hint') : t('monitoring.figure.cells.hidden')}</p>
      <Table
        caption={t('monitoring.figure.cells')}
        caption_hidden
        columns={[
          { header: '', names: true, cell: (gender) => t(`monitoring.gender.${gender}`) },
          ...ages.map((age) => ({
            header: t(`monitoring.age.${ageKeys[age]}`),
            align: 'end' as const,
            cell: (gender: Gender) => number(gender, age),
          })),
        ]}
        rows={genders}
        empty=""
      />
    </section>
  )
}

type SharesProps = {
  row: Definition
  asked: PeriodAsked
  divided: Divided | null
  /** For whoever sees the people behind a group: which is open. */
  opens?: Chosen
}

function Shares({ row, asked, divided, opens }: SharesProps) {
  const { t } = useFrame()
  const rows: { code?: string | null; name: string; people: number }[] = divided
    ? [
        ...divided.shares,
        ...(divided.others > 0 ? [{ name: t('monitoring.figure.others'), people: divided.others }] : []),
      ]
    : []
  const number = (trait: Trait, { code, people }: (typeof rows)[number]) =>
    opens && code !== undefined ? (
      <a
        href={`${monitoring.figure.href({ code: row.code }, { ...periodIn(asked), per: trait, di: code ?? unknownGroup })}#persone`}
        {...(opens.group?.trait === trait && opens.group.code === code && { 'aria-current': 'true' as const })}
      >
        <Count of={people} />
      </a>
    ) : (
      <Count of={people} />
    )
  return (
    <section id="per">
      <h2 class="h4">{t('monitoring.figure.divided')}</h2>
      <p>
        {traits.map((trait, at) => (
          <>
            {at > 0 && ' · '}
            <a
              href={`${monitoring.figure.href({ code: row.code }, { ...periodIn(asked), per: trait })}#per`}
              {...(divided?.trait === trait && { 'aria-current': 'true' as const })}
            >
              {t(`monitoring.figure.by.${trait}`)}
            </a>
          </>
        ))}
      </p>
      {divided && (
        <Table
          caption={t(`monitoring.figure.by.${divided.trait}`)}
          caption_hidden
          columns={[
            { header: t(`monitoring.figure.trait.${divided.trait}`), names: true, cell: ({ name }) => name },
            { header: t('monitoring.figure.people'), align: 'end', cell: (one) => number(divided.trait, one) },
          ]}
          rows={rows}
          empty={t('monitoring.figure.people.empty')}
        />
      )}
    </section>
  )
}

function PeopleList({
  row,
  asked,
  chosen,
  people: { people, next },
}: Pick<Props, 'row' | 'asked' | 'chosen'> & { people: NonNullable<People> }) {
  const { t } = useFrame()
  const here = {
    ...periodIn(asked),
    sesso: chosen.gender,
    eta: chosen.age,
    ...(chosen.group && { per: chosen.group.trait, di: chosen.group.code ?? unknownGroup }),
  }
  const href = (more: Record<string, string | undefined>) =>
    monitoring.figure.href({ code: row.code }, { ...here, nuove: chosen.only_new ? '1' : undefined, ...more })
  return (
    <section id="persone">
      <h2 class="h4">{titleOf(chosen, t)}</h2>
      <p>
        <a href={href({ nuove: undefined, sesso: undefined, eta: undefined, per: undefined, di: undefined })}>
          {t('monitoring.figure.people.all')}
        </a>
        {' · '}
        <a href={href({ nuove: '1' })}>{t('monitoring.figure.people.only_new')}</a>
      </p>
      <p>
        <ExportLink
          href={monitoring.figureExport.href({ code: row.code }, { ...here, nuove: chosen.only_new ? '1' : undefined })}
        />
      </p>
      <Table
        caption={t('monitoring.figure.people')}
        caption_hidden
        columns={[
          {
            header: t('monitoring.figure.people.name'),
            names: true,
            cell: ({ head }) =>
              head?.latin || head?.original ? (
                <Name latin={head.latin} original={head.original} />
              ) : (
                t('monitoring.figure.people.nameless')
              ),
          },
          {
            header: t('monitoring.figure.people.cell_head'),
            cell: ({ gender, age }) =>
              [gender && t(`people.gender.${gender}`), age && t(`monitoring.age.${ageKeys[age]}`)]
                .filter(Boolean)
                .join(', '),
          },
          { header: t('monitoring.figure.people.since'), cell: ({ since }) => <Day on={since} as="short" /> },
          {
            header: t('monitoring.figure.people.evidence'),
            cell: ({ person_id }) => (
              <a href={monitoring.evidence.href({ code: row.code, person: person_id }, { al: asked.period.to })}>
                {t('monitoring.figure.people.open')}
              </a>
            ),
          },
        ]}
        rows={people}
        empty={t('monitoring.figure.people.empty')}
      />
      {next && (
        <p>
          <a class="btn btn-outline-primary" href={href({ dopo: next })}>
            {t('monitoring.figure.people.more')}
          </a>
        </p>
      )}
    </section>
  )
}

function titleOf({ gender, age, group, only_new }: Chosen, t: ReturnType<typeof useFrame>['t']) {
  if (gender && age)
    return t('monitoring.figure.people.cell', {
      gender: t(`monitoring.gender.${gender}`),
      age: t(`monitoring.age.${ageKeys[age]}`),
    })
  if (group)
    return t('monitoring.figure.people.group', {
      trait: t(`monitoring.figure.trait.${group.trait}`),
      group: group.name,
    })
  return only_new ? t('monitoring.figure.people.new') : t('monitoring.figure.people')
}
