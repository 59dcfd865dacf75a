import type { Ctx } from '../kernel/ctx.ts'
import type { FileSection } from '../kernel/module.ts'
import { useFrame } from '../ui/frame.ts'
import { Day } from '../ui/time.tsx'
import { countsIn } from './actions/people.ts'
import { may } from './rules/may.ts'

type Counting = Awaited<ReturnType<typeof countsIn>>

/** In a person's file: the rows of the fund the person counts in, and since when. */
export async function countingSection(ctx: Ctx, person_ids: string[]): Promise<FileSection[]> {
  const [person] = person_ids
  if (!person || !ctx.actor.can(may.see_not_countable)) return []
  return [{ order: 80, title: ctx.t('monitoring.file.title'), body: <CountsIn rows={await countsIn(ctx, person)} /> }]
}

function CountsIn({ rows }: { rows: Counting }) {
  const { t, lang } = useFrame()
  if (rows.length === 0) return <p class="text-muted">{t('monitoring.file.nowhere')}</p>
  return (
    <ul class="plain">
      {rows.map(({ row, since }) => (
        <li>
          <strong>{row.code}</strong> {lang === 'en' ? row.name_en : row.name_it},{' '}
          {t('monitoring.figure.people.since').toLocaleLowerCase(lang)} <Day on={since} as="short" />
        </li>
      ))}
    </ul>
  )
}
