import { ButtonForm } from '../../ui/button-form.tsx'
import { Chip } from '../../ui/chip.tsx'
import { Details } from '../../ui/details.tsx'
import { Field } from '../../ui/field.tsx'
import { FileLine } from '../../ui/file-line.tsx'
import { FormCard } from '../../ui/form-card.tsx'
import { useFrame } from '../../ui/frame.ts'
import { Day } from '../../ui/time.tsx'
import { Upload } from '../../ui/upload.tsx'
import { languageInWords } from '../../ui/words-of-time.ts'
import { open, tavolo } from '../urls.ts'
import { type MeetingProps, wrong } from './meeting-forms.ts'

export function Papers({ of, forms }: MeetingProps) {
  const { t } = useFrame()
  return (
    <>
      <h2>{t('tavolo.papers.title')}</h2>
      {of.papers.length === 0 && <p class="text-muted">{t('tavolo.papers.none')}</p>}
      <ul class="plain">
        {of.papers.map((file) => (
          <li>
            {file.title} <FileLine of={file} href={tavolo.paper.href({ file: file.id })} />
            {of.keeps && (
              <ButtonForm action={tavolo.paperGone.href({ file: file.id })} kind="quiet" sure={t('tavolo.papers.sure')}>
                {t('tavolo.papers.remove')}
              </ButtonForm>
            )}
          </li>
        ))}
      </ul>
      {of.keeps && of.standing !== 'cancelled' && (
        <Details summary={t('tavolo.papers.add')} open={wrong(forms.paper)}>
          <FormCard
            form={forms.paper}
            action={tavolo.papers.href({ meeting: of.meeting.id })}
            submit={t('tavolo.papers.save')}
            quiet
          >
            <Field
              form={forms.paper}
              name="title"
              id="f-paper-title"
              label={t('tavolo.papers.name')}
              max_length={160}
            />
            <Upload
              form={forms.paper}
              name="file"
              label={t('tavolo.papers.file')}
              accept=".pdf,.jpg,.jpeg,.png,.docx,.xlsx,.odt,.ods"
              kinds="PDF, JPG, PNG, DOCX, XLSX, ODT, ODS"
              megabytes={10}
            />
          </FormCard>
        </Details>
      )}
    </>
  )
}

export function Corrections({ of, forms }: MeetingProps) {
  const { t } = useFrame()
  if (of.standing !== 'approved') return null
  return (
    <>
      {of.corrections.length > 0 && <h2>{t('tavolo.corrections.title')}</h2>}
      {of.corrections.map(({ on_day, text }) => (
        <p>
          <Day on={on_day} as="date" />: {text}
        </p>
      ))}
      {of.keeps && (
        <Details summary={t('tavolo.corrections.add')} open={wrong(forms.correction)}>
          <FormCard
            form={forms.correction}
            action={tavolo.correction.href({ meeting: of.meeting.id })}
            submit={t('tavolo.corrections.save')}
            quiet
          >
            <p>{t('tavolo.corrections.lead')}</p>
            <Field form={forms.correction} name="text" kind="textarea" label={t('tavolo.corrections.text')} />
          </FormCard>
        </Details>
      )}
    </>
  )
}

export function Extracts({ of, languages }: MeetingProps) {
  const { t, lang } = useFrame()
  if (of.meeting.number === null) return null
  const id = { meeting: of.meeting.id }
  const written = new Map(of.extracts.map((one) => [one.language, one]))
  return (
    <>
      <h2>{t('tavolo.extract.title')}</h2>
      <p>{t('tavolo.extract.lead')}</p>
      <ul class="plain">
        {languages.map((language) => (
          <li>
            <a href={tavolo.extract.href({ ...id, language })}>{languageInWords(language, lang)}</a>{' '}
            {written.has(language) ? (
              <Chip state="good">{t('tavolo.extract.written')}</Chip>
            ) : (
              <Chip state="wait">{t('tavolo.extract.missing')}</Chip>
            )}
          </li>
        ))}
      </ul>
      {of.published ? (
        <>
          <p>
            {t('tavolo.extract.published')} <Day on={of.published.on_day} as="date" /> ·{' '}
            <a href={open.extract.href({ l: 'it', number: String(of.meeting.number) })}>{t('tavolo.extract.see')}</a>
          </p>
          <ButtonForm action={tavolo.withdrawal.href(id)} kind="quiet" sure={t('tavolo.extract.withdraw_sure')}>
            {t('tavolo.extract.withdraw')}
          </ButtonForm>
        </>
      ) : (
        of.standing === 'approved' &&
        written.has('it') && (
          <ButtonForm action={tavolo.publication.href(id)} kind="primary">
            {t('tavolo.extract.publish')}
          </ButtonForm>
        )
      )}
    </>
  )
}
