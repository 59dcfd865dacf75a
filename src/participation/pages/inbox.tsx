/** Who writes to the project: what waits longest stands first. */
import type { Form } from '../../kernel/form.ts'
import { ButtonForm } from '../../ui/button-form.tsx'
import { Chip } from '../../ui/chip.tsx'
import { Select } from '../../ui/choice.tsx'
import { Details } from '../../ui/details.tsx'
import { Facts } from '../../ui/facts.tsx'
import { Field } from '../../ui/field.tsx'
import { FormCard } from '../../ui/form-card.tsx'
import { useFrame } from '../../ui/frame.ts'
import { Link } from '../../ui/link.tsx'
import { Page } from '../../ui/page.tsx'
import { Pager, rowsAtOnce } from '../../ui/pager.tsx'
import { Table } from '../../ui/table.tsx'
import { Tabs } from '../../ui/tabs.tsx'
import { Minutes, Moment } from '../../ui/time.tsx'
import { languageInWords } from '../../ui/words-of-time.ts'
import type { Inbox, LetterToRead } from '../actions/letters.ts'
import type { answerLetterForm, givenForm } from '../forms.ts'
import type { Letter } from '../store/letters.ts'
import { participation } from '../urls.ts'

export const letterStatesAsked = ['waiting', 'answered', 'closed', 'doubtful'] as const
type State = (typeof letterStatesAsked)[number]

function LetterChip({ of }: { of: Letter }) {
  const { t } = useFrame()
  if (of.step === 'closed') return <Chip state="none">{t('participation.inbox.closed')}</Chip>
  if (of.last_way === 'out') return <Chip state="good">{t('participation.inbox.answered')}</Chip>
  if (of.doubtful) return <Chip state="info">{t('participation.inbox.doubtful')}</Chip>
  return <Chip state="wait">{t('participation.inbox.waiting')}</Chip>
}

export function InboxPage({ rows, total, names, state, page }: Inbox & { state: State; page: number }) {
  const { lang, t } = useFrame()
  return (
    <Page title={t('participation.inbox.title')} lead={t('participation.inbox.lead')} wide>
      <Tabs
        of={letterStatesAsked.map((one) => ({
          text: t(`participation.inbox.${one}`),
          href: participation.letters.href({}, { stato: one }),
          here: one === state,
        }))}
      />
      <Table
        caption={t('participation.inbox.title')}
        caption_hidden
        rows={rows}
        empty={t('participation.inbox.empty')}
        columns={[
          {
            header: t('participation.inbox.words'),
            names: true,
            cell: ({ id, last_text, language }) => (
              <a href={participation.letter.href({ letter: id })}>
                <bdi lang={language}>{(last_text ?? '').slice(0, 140) || t('participation.letter.forgotten')}</bdi>
              </a>
            ),
          },
          { header: t('participation.voices.state'), cell: (letter) => <LetterChip of={letter} /> },
          { header: t('participation.voices.language'), cell: ({ language }) => languageInWords(language, lang) },
          { header: t('participation.inbox.given_to'), cell: ({ to_account }) => to_account && names.get(to_account) },
          {
            header: t('participation.inbox.when'),
            cell: ({ last_at }) => last_at && <Moment at={last_at} as="short" />,
          },
        ]}
      />
      <Pager
        page={page}
        total={total}
        size={rowsAtOnce}
        href={(to) => participation.letters.href({}, { stato: state, pagina: to })}
      />
    </Page>
  )
}

type Props = LetterToRead & { form: Form<typeof answerLetterForm>; given: Form<typeof givenForm> }
export function LetterPage({ letter, words, steps, names, colleagues, minutes_to_answer, form, given }: Props) {
  const { lang, t } = useFrame()
  const id = { letter: letter.id }
  const closed = letter.step === 'closed'
  return (
    <Page title={t('participation.inbox.letter', { number: letter.number })} lead={<LetterChip of={letter} />}>
      <Facts
        of={[
          letter.called_as !== '' && [t('participation.inbox.called_as'), <bdi>{letter.called_as}</bdi>],
          letter.email !== '' && [
            t('participation.hear.email'),
            <Link href={`mailto:${letter.email}`}>{letter.email}</Link>,
          ],
          letter.phone !== '' && [
            t('participation.hear.phone'),
            <Link href={`tel:${letter.phone}`}>{letter.phone}</Link>,
          ],
          [t('participation.voices.language'), languageInWords(letter.language, lang)],
          letter.to_account !== null && [t('participation.inbox.given_to'), names.get(letter.to_account) ?? ''],
          minutes_to_answer !== null && [t('participation.inbox.time_to_answer'), <Minutes of={minutes_to_answer} />],
        ]}
      />
      {letter.email === '' && <p class="text-muted">{t('participation.inbox.no_mail')}</p>}
      <ol class="thread">
        {words.map(({ way, text, recorded_at, recorded_by }) => (
          <li class={way === 'out' ? 'thread-out' : undefined}>
            <p class="text-muted">
              {way === 'out'
                ? (names.get(recorded_by ?? '') ?? t('participation.inbox.us'))
                : t('participation.inbox.them')}{' '}
              · <Moment at={recorded_at} as="short" />
            </p>
            <p class="written" lang={way === 'in' ? letter.language : undefined} dir="auto">
              {text || t('participation.letter.forgotten')}
            </p>
          </li>
        ))}
      </ol>
      {!closed && (
        <FormCard form={form} submit={t('participation.inbox.send')}>
          <Field
            form={form}
            name="text"
            kind="textarea"
            rows={6}
            label={t('participation.inbox.answer')}
            hint={t('participation.inbox.answer.hint', { language: languageInWords(letter.language, lang) })}
          />
        </FormCard>
      )}
      <Details summary={t('participation.inbox.give')} open={Object.keys(given.errors).length > 0}>
        <FormCard
          form={given}
          submit={t('participation.inbox.give.save')}
          action={participation.letterGiven.href(id)}
          quiet
        >
          <Select
            form={given}
            name="to_account"
            label={t('participation.inbox.to')}
            options={colleagues.map((one) => ({ value: one.id, text: one.name }))}
          />
        </FormCard>
      </Details>
      {closed ? (
        <ButtonForm action={participation.letterReopened.href(id)}>{t('participation.inbox.reopen')}</ButtonForm>
      ) : (
        <ButtonForm action={participation.letterClosed.href(id)} kind="quiet">
          {t('participation.inbox.close')}
        </ButtonForm>
      )}
      {steps.length > 0 && (
        <ul class="plain text-muted">
          {steps.map(({ step, to_account, recorded_at, recorded_by }) => (
            <li>
              <Moment at={recorded_at} as="short" /> · {t(`participation.inbox.step.${step as 'given'}`)}{' '}
              {to_account && names.get(to_account)}{' '}
              {recorded_by && names.get(recorded_by) && <>({names.get(recorded_by)})</>}
            </li>
          ))}
        </ul>
      )}
    </Page>
  )
}
