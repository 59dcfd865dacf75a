import type { Form } from '../../kernel/form.ts'
import type { TextKey } from '../../kernel/i18n.ts'
import { Actions } from '../../ui/actions.tsx'
import { ButtonForm } from '../../ui/button-form.tsx'
import { Choice, Select, Tick } from '../../ui/choice.tsx'
import { Facts } from '../../ui/facts.tsx'
import { Field } from '../../ui/field.tsx'
import { FormCard } from '../../ui/form-card.tsx'
import { useFrame } from '../../ui/frame.ts'
import { Link } from '../../ui/link.tsx'
import { Page } from '../../ui/page.tsx'
import { Pen } from '../../ui/pen.tsx'
import { Table } from '../../ui/table.tsx'
import { Time } from '../../ui/time.tsx'
import { Upload } from '../../ui/upload.tsx'
import { isWritten, outcomes } from '../codes.ts'
import type { newSheetForm, noFields, reportForm, signForm } from '../forms.ts'
import { canBeReported } from '../rules/states.ts'
import type { Call } from '../store/calls.ts'
import { open } from '../urls.ts'
import { type Gist, GistFacts } from './asked.tsx'

type JobProps = {
  token: string
  call: Call
  gist: Gist
  arrived: boolean
  passed: boolean
  slots: readonly { number: number; starts_at: string; minutes: number }[]
  files: readonly string[]
  /** Both may sign here and now. */
  signs: boolean
  form: Form<typeof noFields>
}

/** For the winner: whom to phone, where, who will be there. */
export function JobPage({ token, call, gist, arrived, passed, slots, files, signs, form }: JobProps) {
  const { t, lang } = useFrame()
  const here = { l: lang, token }
  return (
    <Page title={t('mediation.job.title', { number: call.number })}>
      <GistFacts of={gist} />
      <h2>{t('mediation.job.whom')}</h2>
      <Facts
        of={[
          [t('mediation.ask.body'), call.body_name],
          [t('mediation.job.contact'), <bdi>{call.contact_name}</bdi>],
          [
            t('mediation.recipient.phone'),
            call.contact_phone && (
              <Link href={`tel:${call.contact_phone.replace(/[^\d+]/g, '')}`}>
                <bdi dir="ltr">{call.contact_phone}</bdi>
              </Link>
            ),
          ],
          call.mode === 'PRES' && [t('mediation.ask.place'), call.place],
          call.link !== '' && [t('mediation.ask.link'), <Link href={call.link} />],
          [t('mediation.ask.purpose'), t(`mediation.purpose.${call.purpose}` as TextKey)],
          [
            t('mediation.job.present'),
            t('mediation.job.present_of', { adults: call.adults, minors: call.minors, staff: call.staff }),
          ],
          call.safety !== '' && [t('mediation.ask.safety'), call.safety],
        ]}
      />
      {slots.length > 0 && (
        <Table
          caption={t('mediation.job.slots')}
          rows={slots}
          empty=""
          columns={[
            { header: t('mediation.job.slot'), names: true, cell: ({ number }) => number },
            { header: t('mediation.ask.from'), cell: ({ starts_at }) => <Time at={starts_at} /> },
            { header: t('mediation.ask.minutes'), align: 'end', cell: ({ minutes }) => minutes },
          ]}
        />
      )}
      {isWritten(call.mode) && (
        <>
          <h2>{t('mediation.files.title')}</h2>
          <ul>
            {files.map((file, at) => (
              <li>
                <a href={open.original.href({ ...here, file })}>
                  {t('mediation.files.original_of', { number: at + 1 })}
                </a>
              </li>
            ))}
          </ul>
          <FormCard form={form} submit={t('mediation.files.send')} action={open.translated.href(here)} quiet>
            <Upload
              form={form}
              name="file"
              label={t('mediation.files.translation')}
              accept=".pdf,.jpg,.jpeg,.png,.docx"
              kinds="PDF, JPG, PNG, DOCX"
              megabytes={10}
            />
          </FormCard>
        </>
      )}
      <Actions>
        {signs && (
          <a class="btn btn-primary" href={open.sign.href(here)}>
            {t('mediation.job.sign')}
          </a>
        )}
        {canBeReported(call.state) && passed && (
          <a class={signs ? 'btn btn-outline-primary' : 'btn btn-primary'} href={open.report.href(here)}>
            {t('mediation.job.report')}
          </a>
        )}
        {call.state === 'assigned' && !arrived && (
          <ButtonForm action={open.job.href(here)}>{t('mediation.job.arrived')}</ButtonForm>
        )}
        <a class="btn btn-outline-primary" href={open.newSheet.href(here)}>
          {t('mediation.job.hand_over')}
        </a>
        <a class="btn btn-outline-primary" href={open.serviceSheet.href(here)}>
          {t('mediation.job.paper')}
        </a>
        {call.state === 'assigned' && (
          <ButtonForm action={open.withdraw.href(here)} kind="danger" sure={t('mediation.job.withdraw_sure')}>
            {t('mediation.job.withdraw')}
          </ButtonForm>
        )}
      </Actions>
    </Page>
  )
}

export function ReportPage({ form, number }: { form: Form<typeof reportForm>; number: number }) {
  const { t } = useFrame()
  return (
    <Page title={t('mediation.report.title', { number })} lead={t('mediation.report.lead')}>
      <FormCard form={form} submit={t('mediation.report.send')}>
        <Field form={form} name="on" kind="date" label={t('mediation.ask.on')} />
        <Field form={form} name="from" kind="time" label={t('mediation.report.from')} />
        <Field form={form} name="to" kind="time" label={t('mediation.report.to')} />
        <Tick form={form} name="absent" label={t('mediation.report.absent')} />
        <Choice
          form={form}
          name="outcome"
          label={t('mediation.report.outcome')}
          options={outcomes.map((code) => ({ value: code, text: t(`mediation.outcome.${code}`) }))}
          optional
        />
        <Field form={form} name="break_minutes" kind="number" label={t('mediation.report.break')} optional />
        <Field form={form} name="travel_minutes" kind="number" label={t('mediation.report.travel')} optional />
        <Field
          form={form}
          name="expense"
          label={t('mediation.report.expense')}
          inputmode="numeric"
          width="short"
          optional
        />
        <Field form={form} name="adults" kind="number" label={t('mediation.ask.adults')} optional />
        <Field form={form} name="minors" kind="number" label={t('mediation.ask.minors')} optional />
        <Field
          form={form}
          name="note"
          kind="textarea"
          rows={2}
          label={t('mediation.report.note')}
          hint={t('mediation.report.note_hint')}
          max_length={300}
          optional
        />
      </FormCard>
    </Page>
  )
}

type SignProps = { form: Form<typeof signForm>; number: number; gist: Gist; mediator: string }

/** On her telephone, both beside it. A drawing needs a script; without one there is the sheet on paper. */
export function SignPage({ form, number, gist, mediator }: SignProps) {
  const { t } = useFrame()
  return (
    <Page title={t('mediation.sign.title', { number })} lead={t('mediation.sign.lead')}>
      <GistFacts of={gist} />
      <FormCard form={form} submit={t('mediation.sign.send')}>
        <Pen
          form={form}
          name="mediator"
          label={t('mediation.sign.mediator', { name: mediator })}
          clear={t('mediation.sign.clear')}
          without={t('mediation.sign.without')}
        />
        <Field form={form} name="signer" label={t('mediation.hours.signer')} max_length={120} />
        <Field form={form} name="job" label={t('mediation.ask.job')} max_length={120} optional />
        <Pen
          form={form}
          name="body"
          label={t('mediation.sign.body')}
          clear={t('mediation.sign.clear')}
          without={t('mediation.sign.without')}
        />
      </FormCard>
    </Page>
  )
}

export function NewSheetPage({
  form,
  languages,
  paper,
}: {
  form: Form<typeof newSheetForm>
  languages: readonly { code: string; name: string }[]
  paper: string
}) {
  const { t } = useFrame()
  return (
    <Page title={t('mediation.sheet.new')} lead={t('mediation.sheet.new_lead')}>
      <FormCard form={form} submit={t('mediation.sheet.make')}>
        <Select
          form={form}
          name="language"
          label={t('mediation.sheet.language')}
          options={languages.map(({ code, name }) => ({ value: code, text: name, lang: code }))}
        />
      </FormCard>
      <p>
        <a href={paper}>{t('mediation.sheet.paper')}</a>
      </p>
    </Page>
  )
}
/** Shown once: the address the person opens on their own phone, to be scanned from hers. */
export function SheetMadePage({
  address,
  picture,
  back,
}: {
  address: string
  picture: { d: string; size: number }
  back: string
}) {
  const { t } = useFrame()
  return (
    <Page title={t('mediation.sheet.new')} lead={t('mediation.sheet.scan')}>
      <svg
        class="mediation-code"
        viewBox={`0 0 ${picture.size} ${picture.size}`}
        width="280"
        height="280"
        role="img"
        aria-label={t('mediation.sheet.scan')}
      >
        <rect width="100%" height="100%" fill="#fff" />
        <path d={picture.d} fill="#000" />
      </svg>
      <p>
        <Link href={address} />
      </p>
      <p>
        <a href={back}>{t('mediation.sheet.back')}</a>
      </p>
    </Page>
  )
}
