import type { Form } from '../../kernel/form.ts'
import type { Signing } from '../../kernel/scans/scans.ts'
import type { HeadLine } from '../../people/actions.ts'
import { PersonLine, PersonName } from '../../people/parts.tsx'
import type { SignedLines as Lines } from '../../programme/actions.ts'
import { SignedLines } from '../../programme/parts.tsx'
import { languageName } from '../../territory/actions.ts'
import { Callout } from '../../ui/callout.tsx'
import { Choice, Tick } from '../../ui/choice.tsx'
import { Details } from '../../ui/details.tsx'
import { ExportLink } from '../../ui/export.tsx'
import { Facts } from '../../ui/facts.tsx'
import { Field } from '../../ui/field.tsx'
import { FormCard } from '../../ui/form-card.tsx'
import { useFrame } from '../../ui/frame.ts'
import { Page } from '../../ui/page.tsx'
import { SigningLine } from '../../ui/signing.tsx'
import { Table } from '../../ui/table.tsx'
import { Day, Minutes, Moment, Time } from '../../ui/time.tsx'
import { type helps, withdrawalReasons } from '../codes.ts'
import type { noteForm, withdrawalForm } from '../forms.ts'
import type { Opening } from '../store/openings.ts'
import type { Visit } from '../store.ts'
import { desk } from '../urls.ts'
import { NeedWords } from './visit-list.tsx'

type Referral = { to_whom: string; answer_wanted: boolean; answered_on: string | null }
type Props = {
  visit: Visit
  person: HeadLine | null
  referrals: Referral[]
  by: string
  form: Form<typeof withdrawalForm> | null
}

export function VisitPage({ visit, person, referrals, by, form }: Props) {
  const { t, lang } = useFrame()
  return (
    <Page title={t('desk.visit.title')} lead={<Day on={visit.on_day} />}>
      {visit.withdrawn_at && (
        <Callout state="wait" title={t('desk.visit.withdrawn')}>
          {t(`desk.withdrawal.${visit.withdrawn_for as 'twice'}`)}
        </Callout>
      )}
      <p>{person ? <PersonLine of={person} /> : t('desk.information.title')}</p>
      <Facts
        of={[
          [t('desk.openings.kind'), t(`desk.kind.${visit.opening_kind as 'foreigners'}`)],
          [t('desk.visit.needs'), <NeedWords needs={visit.needs ?? []} />],
          [t('desk.visit.outcome'), t(`desk.outcome.${visit.outcome as 'solved'}`)],
          visit.minutes !== null && [t('desk.visit.minutes'), <Minutes of={visit.minutes} />],
          visit.help.length > 0 && [
            t('desk.visit.help'),
            visit.help.map((one) => t(`desk.help.${one as (typeof helps)[number]}`)).join(', '),
          ],
          visit.for_whom !== 'self' && [t('desk.visit.for_whom'), t(`desk.for.${visit.for_whom as 'family'}`)],
          visit.language !== null && [t('desk.visit.language'), languageName(visit.language, lang)],
          ...referrals.map((referral) => [t('desk.visit.sent_to'), <bdi>{referral.to_whom}</bdi>] as const),
          [
            t('desk.visit.recorded'),
            <>
              <Moment at={visit.recorded_at} as="short" /> · {by}
            </>,
          ],
        ]}
      />
      {form && !visit.withdrawn_at && (
        <Details summary={t('desk.withdrawal.title')} open={Object.keys(form.errors).length > 0}>
          <p>{t('desk.withdrawal.lead')}</p>
          <FormCard
            form={form}
            action={desk.withdrawal.href({ visit: visit.id })}
            submit={t('desk.withdrawal.save')}
            quiet
          >
            <Choice
              form={form}
              name="reason"
              label={t('desk.withdrawal.reason')}
              options={withdrawalReasons.map((value) => ({ value, text: t(`desk.withdrawal.${value}`) }))}
            />
          </FormCard>
        </Details>
      )}
    </Page>
  )
}

export function DayListPage({
  opening,
  visits,
  heads,
  signing,
  lines,
}: {
  opening: Opening
  visits: Visit[]
  heads: Map<string, HeadLine>
  /** Of its register. */
  signing: Signing
  lines: Lines
}) {
  const { t } = useFrame()
  return (
    <Page
      title={t('desk.list.title')}
      lead={
        <>
          {t(`desk.kind.${opening.kind as 'foreigners'}`)}, <Day on={opening.on_day} />
        </>
      }
      actions={
        <>
          <a class="btn btn-outline-primary" href={desk.work.href({ opening: opening.id })}>
            {t('desk.list.back')}
          </a>
          <a class="btn btn-outline-primary" href={desk.register.href({ opening: opening.id })}>
            {t('desk.register.print')}
          </a>
          <ExportLink href={desk.listExport.href({ opening: opening.id })} />
        </>
      }
      wide
    >
      {visits.length > 0 && (
        <SigningLine of={signing} print={desk.register.href({ opening: opening.id }, { mancanti: '1' })} />
      )}
      <SignedLines of={lines} />
      <Table
        caption={t('desk.list.title')}
        caption_hidden
        rows={visits}
        empty={t('desk.list.empty')}
        columns={[
          {
            header: t('desk.list.at'),
            cell: (visit) => (
              <a href={desk.visit.href({ visit: visit.id })}>
                <Time at={visit.recorded_at} />
              </a>
            ),
          },
          {
            header: t('desk.list.who'),
            names: true,
            cell: (visit) => {
              const head = visit.person_id && heads.get(visit.person_id)
              return head ? <PersonName of={head} /> : t('desk.information.title')
            },
          },
          { header: t('desk.visit.needs'), cell: (visit) => <NeedWords needs={visit.needs ?? []} /> },
          {
            header: t('desk.visit.outcome'),
            cell: (visit) =>
              visit.withdrawn_at ? t('desk.visit.withdrawn') : t(`desk.outcome.${visit.outcome as 'solved'}`),
          },
          {
            header: t('desk.visit.minutes'),
            align: 'end',
            cell: (visit) => visit.minutes !== null && <Minutes of={visit.minutes} />,
          },
        ]}
      />
    </Page>
  )
}

export function NotePage({ form, head, closes }: { form: Form<typeof noteForm>; head: HeadLine; closes: boolean }) {
  const { t } = useFrame()
  return (
    <Page title={t('desk.note.title')} lead={t('desk.note.lead')}>
      <p>
        <PersonLine of={head} />
      </p>
      <FormCard form={form} submit={t('desk.note.save')}>
        <Field form={form} name="text" kind="textarea" label={t('desk.note.text')} />
        {closes && (
          <Tick form={form} name="for_lawyer" label={t('desk.note.for_lawyer')} hint={t('desk.note.for_lawyer_hint')} />
        )}
      </FormCard>
    </Page>
  )
}
