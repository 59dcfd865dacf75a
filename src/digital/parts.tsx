import type { Ctx } from '../kernel/ctx.ts'
import { languages } from '../kernel/i18n.ts'
import type { FileSection } from '../kernel/module.ts'
import { useFrame } from '../ui/frame.ts'
import { Day } from '../ui/time.tsx'
import { ownName } from '../ui/words-of-time.ts'
import { topicWord } from './codes.ts'
import { AloneChip } from './pages/sheet.tsx'
import { may, type Progress, progressOf } from './rules.ts'
import { sheetsOfPersons } from './store/sheets.ts'
import { digital } from './urls.ts'

/** What a person learned at the digital afternoons, week by week. */
export async function digitalSection(ctx: Ctx, person_ids: string[]): Promise<FileSection[]> {
  if (!ctx.actor.can(may.see)) return []
  const sheets = await sheetsOfPersons(ctx, person_ids)
  if (sheets.length === 0) return []
  return [
    {
      order: 30,
      title: ctx.t('digital.file.title'),
      body: <Learned progress={progressOf(sheets)} times={sheets.length} person={person_ids[0] as string} />,
    },
  ]
}

function Learned({ progress, times, person }: { progress: Progress; times: number; person: string }) {
  const { lang, t } = useFrame()
  return (
    <>
      <p>{t('digital.file.times', { count: times })}</p>
      <ul class="plain">
        {progress.map(({ topic, times: all }) => (
          <li>
            <strong>{t(`digital.topic.${topicWord(topic)}`)}</strong>{' '}
            {all.map(({ on_day, alone }, at) => (
              <>
                {at > 0 && ' → '}
                <Day on={on_day} as="short" /> <AloneChip of={alone} />
              </>
            ))}
          </li>
        ))}
      </ul>
      <form method="get" action={digital.canDo.href({ person })} class="fields-row">
        <div class="form-group">
          <label class="form-label" for="can-do-language">
            {t('digital.file.can_do')}
          </label>
          <select id="can-do-language" name="lingua" class="form-select">
            <option value="">{t('digital.file.own_language')}</option>
            {languages.map((one) => (
              <option value={one} lang={one} selected={false}>
                {ownName(one)}
              </option>
            ))}
          </select>
        </div>
        <button class="btn btn-outline-primary" type="submit" lang={lang}>
          {t('digital.file.print')}
        </button>
      </form>
    </>
  )
}
