/** By personal link: how an enrolment stands and why, a place that is offered, a certificate that is verified. */
import type { Form } from '../../kernel/form.ts'
import type { TextKey } from '../../kernel/i18n.ts'
import { ButtonForm } from '../../ui/button-form.tsx'
import { Callout } from '../../ui/callout.tsx'
import { Facts } from '../../ui/facts.tsx'
import { FormCard, Hidden } from '../../ui/form-card.tsx'
import { useFrame } from '../../ui/frame.ts'
import { Labelled } from '../../ui/labelled.tsx'
import { Link } from '../../ui/link.tsx'
import { Page } from '../../ui/page.tsx'
import { Pictogram } from '../../ui/pictogram.tsx'
import { Day, Moment, Percent } from '../../ui/time.tsx'
import { Timeline } from '../../ui/timeline.tsx'
import type { MyEnrolment, OfferShown } from '../actions/enrolling.ts'
import { isForStaff, levelLabel } from '../codes.ts'
import type { answerForm, noFields } from '../forms.ts'
import { mayComeBack, mayWithdraw, wasIn } from '../rules/states.ts'
import { textIn } from '../rules/texts.ts'
import { open } from '../urls.ts'
import { InItsLanguage } from './open.tsx'

const noIndex = <meta name="robots" content="noindex, noarchive" />
const openReasons = new Set(['full', 'free_place', 'no_answer', 'asked_again', 'selection'])
const feeling = (state: string) =>
  state === 'enrolled' ? 'good' : ['requested', 'waiting', 'offered'].includes(state) ? 'wait' : 'info'

/** "Why am I not in?": the state, the place in the list, and every step that led there with its day. */
export function StatusPage({
  of,
  token,
  form,
  calendar = null,
}: {
  of: MyEnrolment
  token: string
  form: Form<typeof noFields>
  /** The address that was asked for, shown once. */
  calendar?: string | null
}) {
  const { lang, t } = useFrame()
  const { enrolment, edition, steps, place, offer, next } = of
  const text = textIn(of.texts, lang)
  const own = { l: lang, token }
  return (
    <Page title={t('courses.status.title')} lead={<InItsLanguage of={text}>{text.title}</InItsLanguage>} head={noIndex}>
      {form.errors.form && (
        <Callout state="bad" live>
          <p>{form.errors.form}</p>
        </Callout>
      )}
      <Callout
        state={edition.cancelled_at ? 'bad' : feeling(enrolment.state)}
        title={edition.cancelled_at ? t('courses.cancelled') : t(`courses.state.${enrolment.state}` as TextKey)}
      >
        <p>
          {edition.cancelled_at
            ? t('courses.cancelled.long')
            : t(`courses.state.${enrolment.state}.long` as TextKey, { place: place ?? 0 })}
        </p>
        {offer && (
          <p>
            <Labelled label={t('courses.status.until')}>
              <Moment at={offer.expires_at} />
            </Labelled>
          </p>
        )}
      </Callout>
      {calendar && (
        <Callout state="good" title={t('courses.calendar.mine')} live>
          <p>{t('courses.calendar.mine.long')}</p>
          <p>
            <Link href={calendar} />
          </p>
        </Callout>
      )}
      {next && enrolment.state === 'enrolled' && !edition.cancelled_at && (
        <p>
          <Labelled label={t('courses.status.next')}>
            <Day on={next.on_day} /> <bdi dir="ltr">{next.starts_at.slice(0, 5)}</bdi>
          </Labelled>
        </p>
      )}
      <div class="actions">
        {edition.published_at && (
          <a class="btn btn-outline-primary" href={open.course.href({ l: lang, slug: edition.slug })}>
            {t('courses.back')}
          </a>
        )}
        {enrolment.state === 'enrolled' && edition.published_at && (
          <a class="btn btn-outline-primary" href={open.calendar.href({ l: lang, slug: edition.slug })}>
            <Pictogram name="calendar-plus" size="s" /> {t('courses.to_calendar')}
          </a>
        )}
        {wasIn(enrolment.state) &&
          steps.some(({ state }) => state === 'enrolled') &&
          !isForStaff(edition.kind) &&
          !edition.cancelled_at && (
            <a class="btn btn-outline-primary" href={open.rating.href(own)}>
              <Pictogram name="mood-happy" size="s" /> {t('courses.rating.do')}
            </a>
          )}
        {enrolment.state === 'enrolled' && !edition.cancelled_at && (
          <ButtonForm action={open.myCalendar.href(own)} kind="outline">
            {t('courses.calendar.mine.make')}
          </ButtonForm>
        )}
      </div>
      <h2>{t('courses.status.trail')}</h2>
      <Timeline
        of={steps.toReversed().map((step) => ({
          when: <Moment at={step.at} />,
          what: t(`courses.state.${step.state}` as TextKey),
          // Why somebody left is between them and the staff: a link may be read by others.
          more: openReasons.has(step.reason) && <p>{t(`courses.reason.${step.reason}` as TextKey)}</p>,
        }))}
      />
      <p>{t('courses.status.keep')}</p>
      {!edition.cancelled_at && !edition.ended_on && mayWithdraw(enrolment.state) && (
        <ButtonForm action={open.withdraw.href(own)} sure={t('courses.status.sure')}>
          {t('courses.status.withdraw')}
        </ButtonForm>
      )}
      {!edition.cancelled_at && !edition.ended_on && mayComeBack(enrolment.state) && (
        <ButtonForm action={open.comeBack.href(own)} kind="primary">
          {t('courses.status.come_back')}
        </ButtonForm>
      )}
    </Page>
  )
}

/** A place kept for one person until an hour; opening the page answers nothing. */
export function OfferPage({ of, form, action }: { of: OfferShown; form: Form<typeof answerForm>; action: string }) {
  const { lang, t } = useFrame()
  const { offer, edition, lessons, over } = of
  const text = textIn(of.texts, lang)
  const [first] = lessons
  const closed = offer.answer !== null || over || edition.cancelled_at !== null
  return (
    <Page title={t('courses.offer.title')} lead={<InItsLanguage of={text}>{text.title}</InItsLanguage>} head={noIndex}>
      {closed ? (
        <Callout state={offer.answer === 'accepted' ? 'good' : 'wait'}>
          <p>
            {edition.cancelled_at
              ? t('courses.error.cancelled')
              : offer.answer === 'accepted'
                ? t('courses.state.enrolled.long')
                : offer.answer && offer.answer !== 'expired'
                  ? t('courses.error.answered')
                  : t('courses.error.offer_over')}
          </p>
        </Callout>
      ) : (
        <>
          <Callout state="info" title={t('courses.offer.until')}>
            <p>
              <Moment at={offer.expires_at} />
            </p>
          </Callout>
          {first && (
            <p>
              <Day on={first.on_day} />, <bdi dir="ltr">{first.starts_at.slice(0, 5)}</bdi>
            </p>
          )}
          <FormCard form={form} action={action} submit={t('courses.offer.accept')}>
            <Hidden name="answer" value="accept" />
          </FormCard>
          <ButtonForm action={action} values={{ answer: 'decline' }} kind="quiet" sure={t('courses.offer.sure')}>
            {t('courses.offer.decline')}
          </ButtonForm>
        </>
      )}
      {edition.published_at && (
        <p>
          <a href={open.course.href({ l: lang, slug: edition.slug })}>{t('courses.back')}</a>
        </p>
      )}
    </Page>
  )
}

export type Verified = {
  number: string
  initials: string
  course: string
  own: boolean
  minutes: number
  planned_minutes: number
  level: string | null
  issued_on: string
  revoked: boolean
} | null

/** Valid, revoked, not found: number and initials, nothing that would tell a stranger who it is. */
export function VerifiedPage({ number, of }: { number: string; of: Verified }) {
  const { lang, t } = useFrame()
  return (
    <Page title={t('courses.certificate.title')} head={noIndex}>
      {of === null ? (
        <Callout state="bad" title={t('courses.certificate.unknown')}>
          <p>{t('courses.certificate.unknown.long')}</p>
        </Callout>
      ) : (
        <Callout
          state={of.revoked ? 'bad' : 'good'}
          title={of.revoked ? t('courses.certificate.revoked') : t('courses.certificate.valid')}
        >
          <p>{of.revoked ? t('courses.certificate.revoked.long') : t('courses.certificate.valid.long')}</p>
        </Callout>
      )}
      <Facts
        of={[
          [t('courses.certificate.number'), <bdi dir="ltr">{of?.number ?? number}</bdi>],
          of && [t('courses.certificate.initials'), <bdi>{of.initials}</bdi>],
          of && [t('courses.certificate.course'), <bdi lang={of.own ? undefined : 'it'}>{of.course}</bdi>],
          of && [
            t('courses.hours'),
            <>
              {t('courses.certificate.hours', {
                attended: Math.round((of.minutes / 60) * 10) / 10,
                planned: of.planned_minutes / 60,
              })}{' '}
              (<Percent of={Math.min(1, of.minutes / of.planned_minutes)} />)
            </>,
          ],
          of?.level !== null && of?.level !== undefined && [t('courses.certificate.level'), levelLabel(of.level, lang)],
          of && [t('courses.certificate.issued'), <Day on={of.issued_on} />],
        ]}
      />
      {of && <p class="text-muted">{t('courses.certificate.frequency')}</p>}
      {of && !of.revoked && (
        <p>
          <a href={open.badge.href({ number: of.number })}>{t('courses.certificate.badge')}</a>
        </p>
      )}
    </Page>
  )
}
