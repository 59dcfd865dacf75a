import type { Form } from '../../kernel/form.ts'
import type { Signing } from '../../kernel/scans/scans.ts'
import type { HeadLine } from '../../people/actions.ts'
import { StandingChip } from '../../people/parts.tsx'
import type { SignedLines as Lines } from '../../programme/actions.ts'
import { SignedLines } from '../../programme/parts.tsx'
import { ButtonForm } from '../../ui/button-form.tsx'
import { Callout } from '../../ui/callout.tsx'
import { Field } from '../../ui/field.tsx'
import { FormCard } from '../../ui/form-card.tsx'
import { useFrame } from '../../ui/frame.ts'
import { Name } from '../../ui/name.tsx'
import { Page } from '../../ui/page.tsx'
import { SigningLine } from '../../ui/signing.tsx'
import { Day, Time } from '../../ui/time.tsx'
import { Undo } from '../../ui/undo.tsx'
import type { AfternoonOpen } from '../actions/helping.ts'
import type { Alone } from '../codes.ts'
import type { searchForm } from '../forms.ts'
import { digital } from '../urls.ts'
import { AloneChip, type Here, Sheet, TopicWords } from './sheet.tsx'

export type Search = { form: Form<typeof searchForm>; lines: HeadLine[]; needs_more: boolean }
type Props = {
  of: AfternoonOpen
  here: Here | null
  search: Search
  undo: { id: string; seconds: number } | null
  works: boolean
  links: { board: string; guide: string }
  signing: Signing | null
  lines: Lines
  problem?: string | undefined
}

/** One screen for a phone: whoever came before is one tap away, the sheet is four taps more. */
export function AfternoonPage({ of, here, search, undo, works, links, signing, lines, problem }: Props) {
  const { t } = useFrame()
  const { opening, held } = of
  return (
    <Page
      title={t('digital.title')}
      lead={
        <>
          <Day on={opening.on_day} />, <Time at={opening.starts_at} />–<Time at={opening.ends_at} />
          {held && <> · {t('digital.register_of', { number: `${held.number}/${held.year}` })}</>}
        </>
      }
    >
      {undo && (
        <Undo action={digital.undo.href({ opening: opening.id })} values={{ visit: undo.id }} seconds={undo.seconds}>
          {t('digital.said.saved')}
        </Undo>
      )}
      {of.late && works && (
        <Callout state="info">
          <p>{t('digital.past.writing')}</p>
        </Callout>
      )}
      {problem && <Callout state="bad">{problem}</Callout>}
      {here ? <Sheet of={of} here={here} /> : works && <WhoSitsHere of={of} search={search} />}
      <Done of={of} />
      <p class="actions">
        {held && (
          <a class="btn btn-outline-primary" href={digital.register.href({ opening: opening.id })}>
            {t('digital.paper.print')}
          </a>
        )}
        {works && !here && (
          <a class="btn btn-outline-primary" href={digital.group.href({ opening: opening.id })}>
            {t('digital.group.start')}
          </a>
        )}
      </p>
      {held && signing && (
        <SigningLine of={signing} print={digital.register.href({ opening: opening.id }, { mancanti: '1' })} />
      )}
      <SignedLines of={lines} />
      {works && !held && (
        <ButtonForm action={digital.held.href({ opening: opening.id })} kind="quiet" sure={t('digital.held.sure')}>
          {t('digital.held.nobody')}
        </ButtonForm>
      )}
      {!here && <Teaches links={links} />}
    </Page>
  )
}

// --- who ------------------------------------------------------------------------------------------------------------

function WhoSitsHere({ of: { opening, queue, known, at_desk }, search }: { of: AfternoonOpen; search: Search }) {
  const { t } = useFrame()
  const sits = (persona: string, arrivo?: string) =>
    digital.afternoon.href({ opening: opening.id }, { persona, arrivo })
  const strangers = queue.filter(({ head }) => !head)
  return (
    <div class="sits">
      {queue.some(({ head }) => head) && (
        <>
          <h2>{t('digital.queue')}</h2>
          <ul class="taps">
            {queue.map(
              ({ id, number, head }) =>
                head && (
                  <li>
                    <a class="tap" href={sits(head.id, id)}>
                      <strong>{number}</strong> <Name latin={head.latin} original={head.original} />
                    </a>
                  </li>
                ),
            )}
          </ul>
        </>
      )}
      <Taps title={t('digital.at_desk')} heads={at_desk} sits={sits} />
      <Taps title={t('digital.known')} heads={known} sits={sits} />
      <h2>{t('digital.another')}</h2>
      {strangers.length > 0 && (
        <p>
          {t('digital.waiting')}{' '}
          {strangers.map(({ number, called_as }, at) => (
            <>
              {at > 0 && ', '}
              <bdi>{[number, called_as].filter(Boolean).join(' ')}</bdi>
            </>
          ))}
        </p>
      )}
      <FormCard
        form={search.form}
        action={digital.search.href({ opening: opening.id })}
        submit={t('people.search.find')}
        quiet
      >
        <Field
          form={search.form}
          name="who"
          kind="search"
          label={t('people.search.who')}
          hint={t('people.search.hint')}
        />
      </FormCard>
      <Found search={search} sits={sits} />
      <p>
        <a class="btn btn-outline-primary" href={digital.newPerson.href({ opening: opening.id })}>
          {t('people.search.create')}
        </a>
      </p>
    </div>
  )
}

function Taps({
  title,
  heads,
  sits,
}: {
  title: string
  heads: readonly HeadLine[]
  sits: (persona: string) => string
}) {
  if (heads.length === 0) return null
  return (
    <>
      <h2>{title}</h2>
      <ul class="taps">
        {heads.map((head) => (
          <li>
            <a class="tap" href={sits(head.id)}>
              <Name latin={head.latin} original={head.original} />
              <span class="person-details">{head.born?.slice(0, 4)}</span>
            </a>
          </li>
        ))}
      </ul>
    </>
  )
}

function Found({ search, sits }: { search: Search; sits: (persona: string) => string }) {
  const { t } = useFrame()
  if (typeof search.form.values.who !== 'string') return null
  if (search.needs_more) return <p class="form-text">{t('people.search.two_items')}</p>
  if (search.lines.length === 0) return <p>{t('people.search.nobody')}</p>
  return (
    <ul class="found-list">
      {search.lines.map((line) => (
        <li>
          <a class="person-pick" href={sits(line.id)}>
            <Name latin={line.latin} original={line.original} />
          </a>
          <span class="person-details">{line.born?.slice(0, 4)}</span>
          <StandingChip of={line} linked={false} />
        </li>
      ))}
    </ul>
  )
}

// --- who was helped -------------------------------------------------------------------------------------------------

function Done({ of: { done } }: { of: AfternoonOpen }) {
  const { t } = useFrame()
  if (done.length === 0) return null
  return (
    <>
      <h2>{t('digital.done', { count: done.length })}</h2>
      <ol class="plain digital-done">
        {done.toReversed().map((sheet) => (
          <li>
            {sheet.head ? <Name latin={sheet.head.latin} original={sheet.head.original} /> : '—'} ·{' '}
            <TopicWords topics={sheet.topics} /> <AloneChip of={sheet.alone as Alone} />
          </li>
        ))}
      </ol>
    </>
  )
}

/** The two tools of the territory the afternoon teaches. */
export function Teaches({ links: { board, guide } }: { links: Props['links'] }) {
  const { t } = useFrame()
  const tool = (address: string, name: string) =>
    address ? (
      <a href={address} rel="noopener noreferrer" target="_blank">
        {name}
      </a>
    ) : (
      name
    )
  return (
    <p class="text-muted mt-4">
      {t('digital.teaches')} {tool(board, t('digital.can_do.board'))} · {tool(guide, t('digital.can_do.guide'))}
    </p>
  )
}
