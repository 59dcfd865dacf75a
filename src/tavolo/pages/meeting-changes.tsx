import type { Form } from '../../kernel/form.ts'
import { ButtonForm } from '../../ui/button-form.tsx'
import { Choice, Tick } from '../../ui/choice.tsx'
import { Details } from '../../ui/details.tsx'
import { Field } from '../../ui/field.tsx'
import { FormCard } from '../../ui/form-card.tsx'
import { useFrame } from '../../ui/frame.ts'
import { modes } from '../codes.ts'
import type { dataForm } from '../forms.ts'
import { tavolo } from '../urls.ts'
import { type MeetingProps, wrong } from './meeting-forms.ts'

/** Other place, other day, not at all. */
export function Changes({ of, forms }: MeetingProps) {
  const { t } = useFrame()
  const id = { meeting: of.meeting.id }
  if (of.standing === 'cancelled' || of.standing === 'approved') return null
  return (
    <>
      <h2>{t('tavolo.change.title')}</h2>
      <Details summary={t('tavolo.change.data')} open={wrong(forms.data)}>
        <FormCard form={forms.data} action={tavolo.data.href(id)} submit={t('tavolo.change.save')} quiet>
          <DataFields form={forms.data} />
        </FormCard>
      </Details>
      {of.standing === 'planned' && (
        <>
          <Details summary={t('tavolo.change.move')} open={wrong(forms.move)}>
            <FormCard form={forms.move} action={tavolo.move.href(id)} submit={t('tavolo.change.move_save')} quiet>
              <Field form={forms.move} name="on_day" id="f-move-day" kind="date" label={t('tavolo.meeting.day')} />
              <Field form={forms.move} name="starts_at" id="f-move-from" kind="time" label={t('tavolo.meeting.from')} />
              <Field form={forms.move} name="ends_at" id="f-move-to" kind="time" label={t('tavolo.meeting.to')} />
              <Field form={forms.move} name="why" id="f-move-why" label={t('tavolo.change.why')} optional />
            </FormCard>
          </Details>
          <Details summary={t('tavolo.change.cancel')} open={wrong(forms.cancel)}>
            <FormCard
              form={forms.cancel}
              action={tavolo.cancellation.href(id)}
              submit={t('tavolo.change.cancel_save')}
              quiet
            >
              <Field form={forms.cancel} name="why" id="f-cancel-why" label={t('tavolo.change.why')} />
            </FormCard>
          </Details>
          <ButtonForm action={tavolo.feed.href(id)} kind="quiet">
            {t('tavolo.feed')}
          </ButtonForm>
        </>
      )}
    </>
  )
}

/** Mode, link, place, chair: in the form of a new meeting and of one that changes. */
export function DataFields({ form }: { form: Form<typeof dataForm> }) {
  const { t } = useFrame()
  return (
    <>
      <Choice
        form={form}
        name="mode"
        label={t('tavolo.meeting.mode')}
        options={modes.map((value) => ({ value, text: t(`tavolo.mode.${value}`) }))}
        beside
      />
      <Field form={form} name="link" label={t('tavolo.meeting.link')} hint={t('tavolo.meeting.link.hint')} optional />
      <Tick form={form} name="jitsi" label={t('tavolo.meeting.jitsi')} hint={t('tavolo.meeting.jitsi.hint')} />
      <Field form={form} name="place" label={t('tavolo.meeting.place')} optional />
      <Field form={form} name="chair" label={t('tavolo.meeting.chair')} optional />
      <Field form={form} name="about" kind="textarea" label={t('tavolo.meeting.about')} optional />
    </>
  )
}
