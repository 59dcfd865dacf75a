/** Where a file comes from: the rows of registers taken to be this person, and the files merged with it; each can be undone. */
import type { Ctx } from '../../kernel/ctx.ts'
import type { FileSection } from '../../kernel/module.ts'
import { ButtonForm } from '../../ui/button-form.tsx'
import { Details } from '../../ui/details.tsx'
import { useFrame } from '../../ui/frame.ts'
import { Day, Moment } from '../../ui/time.tsx'
import { type Merge, mergesOf } from '../actions/duplicates.ts'
import { type RowOfPerson, rowsOf } from '../actions/splitting.ts'
import { may } from '../rules.ts'
import { namesOf } from '../store.ts'
import { people } from '../urls.ts'

export async function originsSection(ctx: Ctx, person_ids: string[]): Promise<FileSection[]> {
  const [id] = person_ids
  if (!id || !ctx.actor.can(may.merge)) return []
  const rows = await rowsOf(ctx, person_ids)
  const merges = (await mergesOf(ctx, person_ids)).filter((merge) => merge.ended_at === null)
  const files = merges.flatMap(({ one, other }) => [one, other])
  const names = new Map(
    (files.length > 0 ? await namesOf(ctx, files) : [])
      .filter(({ kind }) => kind === 'main')
      .map((name) => [name.person_id, `${name.surname} ${name.given_names}`.trim()]),
  )
  return [
    {
      order: 90,
      title: ctx.t('people.origins.title'),
      body: <Origins id={id} rows={rows} merges={merges} names={names} />,
    },
  ]
}

type Props = { id: string; rows: RowOfPerson[]; merges: Merge[]; names: Map<string, string> }

function Origins({ id, rows, merges, names }: Props) {
  const { t } = useFrame()
  return (
    <>
      <p>
        <a href={people.twin.href({ id })}>{t('people.origins.twin')}</a>
      </p>
      {rows.length + merges.length > 0 && <Undoable id={id} rows={rows} merges={merges} names={names} />}
    </>
  )
}

function Undoable({ id, rows, merges, names }: Props) {
  const { t } = useFrame()
  const what = [
    ...(rows.length > 0 ? [t('people.origins.rows', { rows: rows.length })] : []),
    ...(merges.length > 0 ? [t('people.origins.merges', { merges: merges.length })] : []),
  ]
  return (
    <Details summary={what.join(', ')}>
      <ul class="plain">
        {merges.map((merge) => (
          <li>
            {t('people.origins.merged')} <bdi>{names.get(merge.one === id ? merge.other : merge.one)}</bdi>,{' '}
            <Moment at={merge.recorded_at} as="short" />
            <ButtonForm
              action={people.mergeEnd.href({ id, merge: merge.id })}
              kind="quiet"
              sure={t('people.origins.separate_sure')}
            >
              {t('people.origins.separate')}
            </ButtonForm>
          </li>
        ))}
        {rows.map((row) => (
          <li>
            {row.on_day && <Day on={row.on_day} as="short" />} <bdi>{written(row)}</bdi>:{' '}
            {t(`people.origins.reason.${row.reason as 'new'}`)}
            {row.reason !== 'new' && row.reason !== 'split_off' && (
              <ButtonForm
                action={people.rowSplit.href({ id, row: row.id })}
                kind="quiet"
                sure={t('people.origins.split_sure')}
              >
                {t('people.origins.split')}
              </ButtonForm>
            )}
          </li>
        ))}
      </ul>
    </Details>
  )
}

const written = ({ said }: RowOfPerson) => {
  const { surname = '', given_names = '' } = said as Record<string, string>
  return `${surname} ${given_names}`.trim()
}
