/** One call: what it says, what can be done now, who was asked and who comes next. */
import { instantOf } from '../../kernel/clock.ts'
import type { Form } from '../../kernel/form.ts'
import type { TextKey } from '../../kernel/i18n.ts'
import { languageName } from '../../territory/actions.ts'
import { Actions } from '../../ui/actions.tsx'
import { ButtonForm } from '../../ui/button-form.tsx'
import { Callout } from '../../ui/callout.tsx'
import { Chip } from '../../ui/chip.tsx'
import { Choice, Select } from '../../ui/choice.tsx'
import { Details } from '../../ui/details.tsx'
import { Facts } from '../../ui/facts.tsx'
import { Field } from '../../ui/field.tsx'
import { FormCard } from '../../ui/form-card.tsx'
import { useFrame } from '../../ui/frame.ts'
import { Link } from '../../ui/link.tsx'
import { Page } from '../../ui/page.tsx'
import { Table } from '../../ui/table.tsx'
import { Minutes, Moment, Time } from '../../ui/time.tsx'
import { Timeline } from '../../ui/timeline.tsx'
import { fieldLabel, isWritten, refusals } from '../codes.ts'
import type { assignForm, modeForm, paperForm, refuseForm } from '../forms.ts'
import type { Exclusion, Merit } from '../rules/ranking.ts'
import { canBeReleased, canBeReported, isSearching } from '../rules/states.ts'
import type { Call, Step } from '../store/calls.ts'
import type { Report } from '../store/hours.ts'
import type { OfferLine } from '../store/search.ts'
import { mediation } from '../urls.ts'
import { StateChip } from './calls.tsx'

export type CandidateLine = {
  id: string
  name: string
  points: number
  why: readonly { merit: Merit; points: number }[]
  dispatch: string
}
export type LeftOut = { name: string; why: Exclusion }
export type CallProps = {
  call: Call
  comune: string
  options: readonly { number: number; starts_at: string; ends_at: string }[]
  steps: readonly Step[]
  names: ReadonlyMap<string, string>
  offers: readonly OfferLine[]
  ranked: readonly CandidateLine[]
  left_out: readonly LeftOut[]
  mediators: readonly { id: string; name: string }[]
  ceiling: { minutes: number; held: number; promised: number } | null
  report: Report | null
  disputed: { about: string; text: string } | null
  assign: Form<typeof assignForm>
  refuse: Form<typeof refuseForm>
  paper: Form<typeof paperForm>
  mode: Form<typeof modeForm>
  /** Service sheets that came back signed in ink. */
  signed: number
}

export function CallPage(props: CallProps) {
  const { t, lang } = useFrame()
  const { call, comune, options, steps, names, ceiling, report, disputed, signed } = props
  return (
    <Page title={t('mediation.call.title', { number: call.number })} wide>
      <p>
        <StateChip state={call.state} /> {call.urgent && <Chip state="bad">{t('mediation.call.urgent')}</Chip>}
      </p>
      <Deeds {...props} />
      {disputed && (
        <Callout
          state="wait"
          title={t('mediation.call.disputed', { about: t(`mediation.dispute.${disputed.about}` as TextKey) })}
        >
          <p>{disputed.text}</p>
          <ButtonForm action={mediation.resolve.href({ call: call.id })}>{t('mediation.call.resolve')}</ButtonForm>
        </Callout>
      )}
      <Facts
        of={[
          [
            t('mediation.gist.language'),
            `${call.language ? languageName(call.language, lang) : t('mediation.call.unknown_language')}${call.variety ? ` (${call.variety})` : ''}`,
          ],
          [t('mediation.gist.field'), fieldLabel(call.field, lang)],
          [t('mediation.ask.purpose'), t(`mediation.purpose.${call.purpose}` as TextKey)],
          [t('mediation.ask.mode'), t(`mediation.mode.${call.mode}` as TextKey)],
          [
            t('mediation.gist.time'),
            <ul class="plain">
              {options.map((one) => (
                <li>
                  <Moment at={one.starts_at} /> – <Time at={one.ends_at} />
                </li>
              ))}
            </ul>,
          ],
          [t('mediation.gist.minutes'), <Minutes of={call.minutes} />],
          [t('mediation.gist.comune'), `${comune}${call.place ? ` · ${call.place}` : ''}`],
          [t('mediation.call.body'), call.body_name],
          [
            t('mediation.job.contact'),
            <>
              <bdi>{call.contact_name}</bdi>{' '}
              {call.contact_verified_at ? (
                <Chip state="good">{t('mediation.call.verified')}</Chip>
              ) : (
                <Chip state="wait">{t('mediation.call.unverified')}</Chip>
              )}
            </>,
          ],
          [
            t('mediation.mediator.phone'),
            call.contact_phone && (
              <Link href={`tel:${call.contact_phone.replace(/[^\d+]/g, '')}`}>{call.contact_phone}</Link>
            ),
          ],
          call.link !== '' && [t('mediation.ask.link'), <Link href={call.link} />],
          call.gender !== null && [t('mediation.ask.gender'), t(`mediation.gender.${call.gender}` as TextKey)],
          call.safety !== '' && [t('mediation.ask.safety'), call.safety],
          ceiling !== null && [
            t('mediation.body.ceiling'),
            <>
              <Minutes of={ceiling.held} /> + <Minutes of={ceiling.promised} /> / <Minutes of={ceiling.minutes} />
            </>,
          ],
          call.mediator_name !== null && [
            t('mediation.call.mediator'),
            <>
              <bdi>{call.mediator_name}</bdi> · {call.starts_at && <Moment at={call.starts_at} />}
            </>,
          ],
          report !== null && [
            t('mediation.call.report'),
            <>
              <Moment at={report.started_at} as="short" /> – <Time at={report.ended_at} /> ·{' '}
              <Minutes of={report.paid_minutes} />{' '}
              {signed > 0 && <Chip state="good">{t('mediation.call.signed_paper')}</Chip>}{' '}
              {report.outside_booking && <Chip state="wait">{t('mediation.call.outside')}</Chip>}
            </>,
          ],
        ]}
      />
      <Candidates {...props} />
      <h2>{t('mediation.status.history')}</h2>
      <Timeline
        of={steps.toReversed().map((step) => ({
          when: <Moment at={step.at} as="short" />,
          what: t(`mediation.state.${step.state}` as TextKey),
          more: (
            <p class="text-muted">
              {(step.account_id && names.get(step.account_id)) || t(`mediation.by.${step.by_whom}` as TextKey)}
            </p>
          ),
        }))}
      />
    </Page>
  )
}

const isPast = ({ ends_at }: Call, now: Temporal.Instant) =>
  ends_at !== null && Temporal.Instant.compare(instantOf(ends_at), now) <= 0

/** What can be done now, the next step first. */
function Deeds({ call, mediators, assign, refuse, paper, mode }: CallProps) {
  const { t } = useFrame()
  const at = { call: call.id }
  const { now } = useFrame()
  const searching = isSearching(call.state)
  return (
    <>
      <Actions>
        {call.state === 'draft' && (
          <ButtonForm kind="primary" action={mediation.verify.href(at)}>
            {t('mediation.call.verify')}
          </ButtonForm>
        )}
        {call.state === 'sent' && (
          <ButtonForm kind="primary" action={mediation.approve.href(at)}>
            {t('mediation.call.approve')}
          </ButtonForm>
        )}
        {searching && (
          <ButtonForm kind="primary" action={mediation.search.href(at)}>
            {t('mediation.call.next_wave')}
          </ButtonForm>
        )}
        {searching && (
          <ButtonForm action={mediation.search.href(at)} values={{ all: '1' }}>
            {t('mediation.call.ask_all')}
          </ButtonForm>
        )}
        {searching && call.state !== 'not_covered' && (
          <ButtonForm action={mediation.uncovered.href(at)} sure={t('mediation.call.give_up_sure')}>
            {t('mediation.call.give_up')}
          </ButtonForm>
        )}
        {canBeReported(call.state) && isPast(call, now) && (
          <a class="btn btn-outline-primary" href={mediation.report.href(at)}>
            {t('mediation.call.report_for_her')}
          </a>
        )}
        {canBeReleased(call.state) && (
          <ButtonForm
            action={mediation.release.href(at)}
            sure={t(isPast(call, now) ? 'mediation.call.no_show_sure' : 'mediation.call.release_sure')}
          >
            {t(isPast(call, now) ? 'mediation.call.no_show' : 'mediation.call.release')}
          </ButtonForm>
        )}
        {call.state === 'confirmed' && (
          <ButtonForm action={mediation.reopen.href(at)}>{t('mediation.call.reopen')}</ButtonForm>
        )}
        {['draft', 'sent', 'approved', 'offered', 'assigned'].includes(call.state) && (
          <ButtonForm kind="danger" action={mediation.cancel.href(at)} sure={t('mediation.status.cancel_sure')}>
            {t('mediation.status.cancel')}
          </ButtonForm>
        )}
        {call.assignment_id && (
          <a class="btn btn-outline-primary" href={mediation.serviceSheet.href(at)}>
            {t('mediation.call.service_sheet')}
          </a>
        )}
        {call.assignment_id && isPast(call, now) && call.state !== 'locked' && (
          <a class="btn btn-link" href={mediation.typeSheet.href(at)}>
            {t('mediation.call.type_sheet')}
          </a>
        )}
        {call.series_id && (
          <a class="btn btn-link" href={mediation.doorList.href(at)}>
            {t('mediation.call.door_list')}
          </a>
        )}
      </Actions>
      {(searching || call.state === 'assigned') && (
        <Details summary={t('mediation.call.assign')} open={Object.keys(assign.errors).length > 0}>
          <FormCard form={assign} submit={t('mediation.call.assign_now')} action={mediation.assign.href(at)} quiet>
            <Select
              form={assign}
              name="mediator_id"
              label={t('mediation.call.mediator')}
              options={mediators.map(({ id, name }) => ({ value: id, text: name }))}
            />
            <Field form={assign} name="on" kind="date" label={t('mediation.ask.on')} />
            <Field form={assign} name="from" kind="time" label={t('mediation.ask.from')} />
          </FormCard>
        </Details>
      )}
      {(searching || call.state === 'sent') && !isWritten(call.mode) && (
        <Details summary={t('mediation.call.mode')} open={Object.keys(mode.errors).length > 0}>
          <FormCard form={mode} submit={t('mediation.save')} action={mediation.mode.href(at)} quiet>
            <Choice
              form={mode}
              name="mode"
              label={t('mediation.ask.mode')}
              options={(['PRES', 'TEL', 'VIDEO'] as const).map((code) => ({
                value: code,
                text: t(`mediation.mode.${code}`),
              }))}
              beside
            />
            <Field form={mode} name="link" label={t('mediation.ask.link')} max_length={300} optional />
          </FormCard>
        </Details>
      )}
      {['draft', 'sent', 'approved', 'offered'].includes(call.state) && (
        <Details summary={t('mediation.call.refuse')}>
          <FormCard form={refuse} submit={t('mediation.call.refuse')} action={mediation.refuse.href(at)} quiet>
            <Select
              form={refuse}
              name="reason"
              label={t('mediation.call.refuse_reason')}
              options={refusals.map((code) => ({ value: code, text: t(`mediation.refusal.${code}`) }))}
            />
          </FormCard>
        </Details>
      )}
      {['reported', 'absent'].includes(call.state) && (
        <Details summary={t('mediation.call.paper')}>
          <FormCard form={paper} submit={t('mediation.call.paper_save')} action={mediation.paper.href(at)} quiet>
            <Field form={paper} name="signer" label={t('mediation.hours.signer')} max_length={120} />
            <Field form={paper} name="job" label={t('mediation.ask.job')} max_length={120} optional />
          </FormCard>
        </Details>
      )}
    </>
  )
}

/** Who was asked and what they said; who comes next and why; who cannot and why. */
function Candidates({ call, offers, ranked, left_out }: CallProps) {
  const { t } = useFrame()
  return (
    <>
      {offers.length > 0 && (
        <>
          <h2>{t('mediation.call.offers')}</h2>
          <Table
            caption={t('mediation.call.offers')}
            caption_hidden
            rows={offers}
            empty=""
            columns={[
              {
                header: t('mediation.call.mediator'),
                names: true,
                cell: ({ mediator_name, provider_name }) => mediator_name ?? provider_name,
              },
              { header: t('mediation.call.wave'), cell: ({ wave }) => t('mediation.call.wave_of', { number: wave }) },
              { header: t('mediation.call.asked_at'), cell: ({ sent_at }) => <Moment at={sent_at} as="short" /> },
              {
                header: t('mediation.call.answer'),
                cell: ({ answer, reason, deadline }) => (
                  <>
                    {t(`mediation.answer.${answer ?? 'waiting'}` as TextKey)}
                    {reason ? ` · ${t(`mediation.decline.${reason}` as TextKey)}` : ''}
                    {!answer && (
                      <>
                        {' '}
                        · {t('mediation.call.until')} <Moment at={deadline} as="short" />
                      </>
                    )}
                  </>
                ),
              },
            ]}
          />
        </>
      )}
      {isSearching(call.state) && (
        <>
          <h2>{t('mediation.call.candidates')}</h2>
          <Table
            caption={t('mediation.call.candidates')}
            caption_hidden
            rows={ranked}
            empty={t('mediation.call.nobody')}
            columns={[
              { header: t('mediation.call.mediator'), names: true, cell: ({ name }) => name },
              { header: t('mediation.call.points'), align: 'end', cell: ({ points }) => points },
              {
                header: t('mediation.call.why'),
                cell: ({ why }) =>
                  why
                    .map(
                      ({ merit, points }) =>
                        `${t(`mediation.merit.${merit}`)} ${points > 0 ? '+' : '−'}${Math.abs(points)}`,
                    )
                    .join(' · '),
              },
              {
                header: t('mediation.contract.dispatch'),
                cell: ({ dispatch }) => t(`mediation.dispatch.${dispatch}` as TextKey),
              },
            ]}
          />
          {left_out.length > 0 && (
            <Details summary={t('mediation.call.left_out', { count: left_out.length })}>
              <ul>
                {left_out.map(({ name, why }) => (
                  <li>
                    <bdi>{name}</bdi>: {t(`mediation.exclusion.${why}`)}
                  </li>
                ))}
              </ul>
            </Details>
          )}
        </>
      )}
    </>
  )
}
