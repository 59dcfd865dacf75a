import type { Form } from '../../kernel/form.ts'
import type { TextKey } from '../../kernel/i18n.ts'
import { Actions } from '../../ui/actions.tsx'
import { ButtonForm } from '../../ui/button-form.tsx'
import { Callout } from '../../ui/callout.tsx'
import { Facts } from '../../ui/facts.tsx'
import { FormCard } from '../../ui/form-card.tsx'
import { useFrame } from '../../ui/frame.ts'
import { Labelled } from '../../ui/labelled.tsx'
import { Page } from '../../ui/page.tsx'
import { Steps } from '../../ui/steps.tsx'
import { Moment } from '../../ui/time.tsx'
import { Timeline } from '../../ui/timeline.tsx'
import { Upload } from '../../ui/upload.tsx'
import type { noFields } from '../forms.ts'
import { canBeCancelledByBody, phaseOf, phases } from '../rules/states.ts'
import type { Call, Step } from '../store/calls.ts'
import { open } from '../urls.ts'

export type Gist = { language: string; field: string; comune: string; time: string; minutes: number }
type NoForm = Form<typeof noFields>

export function AskedPage() {
  const { t } = useFrame()
  return (
    <Page title={t('mediation.asked.title')}>
      <Callout state="good" title={t('mediation.asked.next')}>
        {t('mediation.asked.text')}
      </Callout>
    </Page>
  )
}

export function GistFacts({ of }: { of: Gist }) {
  const { t } = useFrame()
  return (
    <Facts
      of={[
        [t('mediation.gist.language'), of.language],
        [t('mediation.gist.field'), of.field],
        [t('mediation.gist.comune'), of.comune],
        [t('mediation.gist.time'), of.time],
        [t('mediation.gist.minutes'), t('mediation.gist.minutes_of', { minutes: of.minutes })],
      ]}
    />
  )
}

export function VerifyPage({ form, gists }: { form: NoForm; gists: readonly Gist[] }) {
  const { t } = useFrame()
  return (
    <Page title={t('mediation.verify.title')} lead={t('mediation.verify.lead')}>
      {gists.map((gist) => (
        <GistFacts of={gist} />
      ))}
      <FormCard form={form} submit={t('mediation.verify.send')}>
        {null}
      </FormCard>
    </Page>
  )
}

type StatusProps = {
  token: string
  call: Call
  gist: Gist
  steps: readonly Step[]
  others: readonly { number: number; state: string; gist: Gist }[]
  files: readonly string[]
  /** Times and numbers of a day of interviews, for the door. */
  door: boolean
  form: NoForm
}

/** Where a request stands, in five words. The mediator's name is shown, her number is not. */
export function StatusPage({ token, call, gist, steps, others, files, door, form }: StatusProps) {
  const { t, lang } = useFrame()
  const phase = phaseOf(call.state)
  const waits = (phase === 'asked' && call.state !== 'draft') || phase === 'searching'
  const written = call.mode === 'SCRITTA' || call.mode === 'VOCALE'
  return (
    <Page title={t('mediation.status.title', { number: call.number })}>
      <Steps of={phases.map((one) => t(`mediation.phase.${one}` as TextKey))} at={phases.indexOf(phase) + 1} />
      <Callout
        state={['cancelled_by_body', 'not_covered', 'refused'].includes(call.state) ? 'info' : 'good'}
        title={t(`mediation.state.${call.state}` as TextKey)}
      >
        {waits && <p>{t('mediation.status.wait')}</p>}
      </Callout>
      <GistFacts of={gist} />
      {call.mediator_name && <p>{t('mediation.status.mediator', { name: call.mediator_name })}</p>}
      {others.length > 1 && (
        <>
          <h2>{t('mediation.status.others')}</h2>
          <ul>
            {others.map((one) => (
              <li>
                <Labelled label={`${one.gist.time} · ${one.gist.language}`}>
                  {t(`mediation.phase.${phaseOf(one.state)}` as TextKey)}
                </Labelled>
              </li>
            ))}
          </ul>
        </>
      )}
      {written && (
        <>
          <h2>{t('mediation.files.title')}</h2>
          {files.length > 0 && (
            <ul>
              {files.map((_, at) => (
                <li>
                  <a href={`${open.translation.href({ l: lang, token })}?n=${at}`}>
                    {t('mediation.files.translated', { number: at + 1 })}
                  </a>
                </li>
              ))}
            </ul>
          )}
          <FormCard form={form} submit={t('mediation.files.send')} action={open.files.href({ l: lang, token })} quiet>
            <Upload
              form={form}
              name="file"
              label={t('mediation.files.original')}
              accept=".pdf,.jpg,.jpeg,.png,.docx"
              kinds="PDF, JPG, PNG, DOCX"
              megabytes={10}
            />
          </FormCard>
        </>
      )}
      <h2>{t('mediation.status.history')}</h2>
      <Timeline
        of={steps.toReversed().map((step) => ({
          when: <Moment at={step.at} as="short" />,
          what: t(`mediation.state.${step.state}` as TextKey),
        }))}
      />
      <Actions>
        <a class="btn btn-primary" href={`${open.request.href({ l: lang })}?copia=${token}`}>
          {t('mediation.status.copy')}
        </a>
        {door && (
          <a class="btn btn-outline-primary" href={open.doorList.href({ l: lang, token })}>
            {t('mediation.status.door')}
          </a>
        )}
        {canBeCancelledByBody(call.state) && (
          <ButtonForm
            action={open.cancel.href({ l: lang, token })}
            kind="danger"
            sure={t('mediation.status.cancel_sure')}
          >
            {t('mediation.status.cancel')}
          </ButtonForm>
        )}
      </Actions>
    </Page>
  )
}
