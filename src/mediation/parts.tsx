import type { Ctx } from '../kernel/ctx.ts'
import type { FileSection } from '../kernel/module.ts'
import { languageName } from '../territory/actions.ts'
import { useFrame } from '../ui/frame.ts'
import { Moment } from '../ui/time.tsx'
import { sheetsOfPersons } from './store/recipients.ts'

type Sheets = Awaited<ReturnType<typeof sheetsOfPersons>>

/** The calls a person was helped in, tied by the sheet they filled in themselves. */
export async function mediationSection(ctx: Ctx, person_ids: string[]): Promise<FileSection[]> {
  const sheets = await sheetsOfPersons(ctx, person_ids)
  return sheets.length === 0
    ? []
    : [{ order: 30, title: ctx.t('mediation.file.title'), body: <Helped sheets={sheets} /> }]
}

function Helped({ sheets }: { sheets: Sheets }) {
  const { lang } = useFrame()
  return (
    <ul class="plain">
      {sheets.map(({ number, language, starts_at }) => (
        <li>
          M-{number} {starts_at && <Moment at={starts_at} as="short" />} {language && languageName(language, lang)}
        </li>
      ))}
    </ul>
  )
}
