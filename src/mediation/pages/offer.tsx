import type { Form } from '../../kernel/form.ts'
import type { TextKey } from '../../kernel/i18n.ts'
import { Callout } from '../../ui/callout.tsx'
import { Choice, Select } from '../../ui/choice.tsx'
import { FormCard, Hidden } from '../../ui/form-card.tsx'
import { useFrame } from '../../ui/frame.ts'
import { Page } from '../../ui/page.tsx'
import { Moment } from '../../ui/time.tsx'
import { momentInWords } from '../../ui/words-of-time.ts'
import { declineReasons } from '../codes.ts'
import type { answerForm } from '../forms.ts'
import { type Gist, GistFacts } from './asked.tsx'

type Props = {
  form: Form<typeof answerForm>
  gist: Gist
  starts: readonly Temporal.Instant[]
  stands: 'open' | 'answered' | 'over' | 'taken'
  deadline: string
  mediators: readonly { id: string; name: string }[]
  for_provider: boolean
  today: string
}

/** Language, field, Comune, time, and nothing else: the same as in the mail. Opening this page answers nothing. */
export function OfferPage({ form, gist, starts, stands, deadline, mediators, for_provider, today }: Props) {
  const { t, lang } = useFrame()
  if (stands !== 'open')
    return (
      <Page title={t('mediation.offer.title')}>
        <Callout state="info" title={t(`mediation.offer.${stands}` as TextKey)}>
          {t(`mediation.offer.${stands}_text` as TextKey)}
        </Callout>
      </Page>
    )
  return (
    <Page title={t('mediation.offer.title')}>
      <GistFacts of={gist} />
      <p>
        {t('mediation.offer.until')} <Moment at={deadline} />
      </p>
      <FormCard form={form} submit={t('mediation.offer.accept')}>
        <Hidden name="answer" value="accept" />
        {starts.length > 1 ? (
          <Select
            form={form}
            name="starts_at"
            label={t('mediation.offer.starts_at')}
            options={starts.map((at) => ({ value: at.toString(), text: momentInWords(at, lang, today) }))}
          />
        ) : null}
        {for_provider ? (
          <Select
            form={form}
            name="mediator_id"
            label={t('mediation.offer.mediator')}
            options={mediators.map(({ id, name }) => ({ value: id, text: name }))}
          />
        ) : null}
      </FormCard>
      <h2>{t('mediation.offer.cannot')}</h2>
      <FormCard form={{ ...form, once: crypto.randomUUID(), errors: {} }} submit={t('mediation.offer.decline')} quiet>
        <Hidden name="answer" value="decline" />
        <Choice
          form={form}
          id="decline-reason"
          name="reason"
          label={t('mediation.offer.reason')}
          options={declineReasons.map((code) => ({ value: code, text: t(`mediation.decline.${code}` as TextKey) }))}
          optional
        />
      </FormCard>
    </Page>
  )
}

/** Whoever holds the link learns no more here: whom to phone is written to the mediator's own address. */
export function AnsweredPage({ what }: { what: 'won' | 'declined' | 'taken' | 'overlap' }) {
  const { t } = useFrame()
  return (
    <Page title={t(`mediation.answered.${what}` as TextKey)}>
      <Callout state={what === 'won' ? 'good' : 'info'} title={t(`mediation.answered.${what}` as TextKey)}>
        {t(`mediation.answered.${what}_text` as TextKey)}
      </Callout>
    </Page>
  )
}
