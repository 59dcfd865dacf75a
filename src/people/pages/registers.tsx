import type { Form } from '../../kernel/form.ts'
import type { OpenRun, Run } from '../../kernel/register/runs.ts'
import type { Answer, RegisterKind } from '../../kernel/register.ts'
import { ButtonForm } from '../../ui/button-form.tsx'
import { Callout } from '../../ui/callout.tsx'
import { Chip } from '../../ui/chip.tsx'
import { Select } from '../../ui/choice.tsx'
import { Details } from '../../ui/details.tsx'
import { Facts } from '../../ui/facts.tsx'
import { FormCard } from '../../ui/form-card.tsx'
import { useFrame } from '../../ui/frame.ts'
import { Labelled } from '../../ui/labelled.tsx'
import { Page } from '../../ui/page.tsx'
import { Progress } from '../../ui/progress.tsx'
import { Table } from '../../ui/table.tsx'
import { Count, Moment } from '../../ui/time.tsx'
import { Upload } from '../../ui/upload.tsx'
import type { registerForm } from '../forms/registers.ts'
import { people } from '../urls.ts'

type ListProps = { kinds: readonly RegisterKind[]; runs: readonly Run[]; form: Form<typeof registerForm> }

export function RegistersPage({ kinds, runs, form }: ListProps) {
  const { t } = useFrame()
  const nameOf = (kind: string) => {
    const found = kinds.find((one) => one.kind === kind)
    return found ? t(found.name) : kind
  }
  return (
    <Page title={t('people.registers.title')} lead={t('people.registers.lead')}>
      <FormCard form={form} submit={t('people.registers.send')}>
        <Select
          form={form}
          name="kind"
          label={t('people.registers.kind')}
          options={kinds.map(({ kind, name }) => ({ value: kind, text: t(name) }))}
        />
        <Upload
          form={form}
          name="file"
          label={t('people.registers.file')}
          hint={t('people.registers.file_hint')}
          accept=".csv,.xlsx,.txt"
          kinds="CSV, XLSX"
          megabytes={50}
        />
      </FormCard>
      <section>
        <h2>{t('people.registers.columns')}</h2>
        <p>{t('people.registers.columns_help')}</p>
        {kinds.map((one) => (
          <Details summary={t(one.name)} open={form.values.kind === one.kind}>
            <Columns of={one} />
          </Details>
        ))}
      </section>
      <h2>{t('people.registers.recent')}</h2>
      <Table
        caption={t('people.registers.recent')}
        caption_hidden
        rows={runs}
        empty={t('people.registers.none')}
        columns={[
          {
            header: t('people.registers.file'),
            names: true,
            cell: ({ id, file_name }) => (
              <a href={people.registerRun.href({ run: id })}>
                <bdi>{file_name}</bdi>
              </a>
            ),
          },
          { header: t('people.registers.kind'), cell: ({ kind }) => nameOf(kind) },
          { header: t('people.registers.when'), cell: ({ recorded_at }) => <Moment at={recorded_at} as="short" /> },
          { header: t('people.registers.rows'), align: 'end', cell: ({ rows }) => <Count of={rows} /> },
          { header: t('people.registers.state'), cell: (run) => <RunState of={run} /> },
        ]}
      />
    </Page>
  )
}

/** Which columns a register must have and may have, each with the other words its header may be. */
function Columns({ of: { kind, columns, needed } }: { of: RegisterKind }) {
  const { t } = useFrame()
  const headed = (key: string) => columns.find((one) => one.key === key)?.headers[0] ?? key
  const blank = (format: string) => people.registerBlank.href({ kind, format })
  return (
    <>
      <p>
        <Labelled label={t('people.registers.needed')}>
          {needed.map((group) => group.map(headed).join(t('people.registers.or'))).join(', ')}
        </Labelled>
      </p>
      <p>
        <Labelled label={t('people.registers.blank')}>
          <a href={blank('xlsx')}>XLSX</a> · <a href={blank('csv')}>CSV</a>
        </Labelled>
      </p>
      <Table
        caption={t('people.registers.columns')}
        caption_hidden
        rows={columns}
        empty=""
        columns={[
          { header: t('people.registers.column'), names: true, cell: ({ headers }) => headers[0] },
          {
            header: t('people.registers.also_headed'),
            cell: ({ headers }) => [...new Set(headers.slice(1).map((one) => one.replaceAll('_', ' ')))].join(', '),
          },
        ]}
      />
    </>
  )
}

function RunState({ of: { tried, wanted_at, ended_at } }: { of: Run }) {
  const { t } = useFrame()
  if (ended_at) return <Chip state="good">{t('people.registers.taken')}</Chip>
  if (wanted_at) return <Chip state="info">{t('people.registers.taking')}</Chip>
  if (tried?.outcome?.answer.accepted === 0) return <Chip state="bad">{t('people.registers.none_accepted')}</Chip>
  if (tried?.outcome) return <Chip state="wait">{t('people.registers.to_confirm')}</Chip>
  return <Chip state="info">{t('people.registers.trying')}</Chip>
}

type Said = { line: string; what: string }
type RunProps = {
  run: OpenRun
  kind: RegisterKind
  /** Headers of the file that name no column of this register. */
  not_read: string[]
  rejects: Said[]
  remarks: Said[]
}

export function RegisterRunPage({ run, kind, not_read, rejects, remarks }: RunProps) {
  const { t } = useFrame()
  const here = people.registerRun.href({ run: run.id })
  const outcome = run.answer ?? run.tried?.outcome?.answer
  return (
    <Page
      title={t('people.registers.one', { kind: t(kind.name) })}
      lead={<bdi>{run.file_name}</bdi>}
      actions={
        <a class="btn btn-outline-primary" href={people.registers.href()}>
          {t('people.registers.back')}
        </a>
      }
    >
      {run.ignored_sheets.map((name) => (
        <Callout state="wait">
          <p>{t('kernel.register.sheet_ignored', { name })}</p>
        </Callout>
      ))}
      {not_read.length > 0 && (
        <Callout state="wait" title={t('people.registers.not_read', { count: not_read.length })}>
          <p>
            <bdi>{not_read.join(', ')}</bdi>
          </p>
          <p>{t('people.registers.not_read_help')}</p>
        </Callout>
      )}
      {run.stopped && (
        <Callout state="bad" title={t('people.registers.stopped')}>
          <p>{t('people.registers.stopped_help')}</p>
          <ButtonForm action={people.registerResume.href({ run: run.id })}>{t('people.registers.resume')}</ButtonForm>
        </Callout>
      )}
      <HowFar run={run} here={here} />
      {outcome && <AnswerFacts answer={outcome} known={run.known} />}
      {outcome && !run.wanted_at && outcome.accepted > run.known && (
        <ButtonForm kind="primary" action={people.registerTake.href({ run: run.id })}>
          {t('people.registers.take', { rows: outcome.accepted - run.known })}
        </ButtonForm>
      )}
      {run.ended_at && (run.answer?.possible_duplicates ?? 0) > 0 && (
        <p>
          <a href={people.duplicates.href()}>{t('people.registers.look_at_pairs')}</a>
        </p>
      )}
      {rejects.length > 0 && (
        <>
          <h2>{t('people.registers.rejects', { count: rejects.length })}</h2>
          <p>{t('people.registers.rejects_help')}</p>
          <p>
            <a class="btn btn-outline-primary" href={people.registerRejects.href({ run: run.id })}>
              {t('people.registers.rejects_get')}
            </a>
          </p>
          <SaidTable rows={rejects} caption={t('people.registers.rejects', { count: rejects.length })} />
        </>
      )}
      {remarks.length > 0 && (
        <>
          <h2>{t('people.registers.remarks', { count: remarks.length })}</h2>
          <p>{t('people.registers.remarks_help')}</p>
          <SaidTable rows={remarks} caption={t('people.registers.remarks', { count: remarks.length })} />
        </>
      )}
    </Page>
  )
}

function HowFar({ run, here }: { run: OpenRun; here: string }) {
  const { t } = useFrame()
  if (run.ended_at) return <Callout state="good" title={t('people.registers.taken_whole')} live />
  if (run.wanted_at)
    return <Progress doing={t('people.registers.taking')} done={run.taken} total={run.rows} href={here} />
  const tried = run.tried?.outcome?.answer
  if (tried?.accepted === 0)
    return (
      <Callout state="bad" title={t('people.registers.nothing_right')}>
        <p>{t('people.registers.nothing_right_help')}</p>
      </Callout>
    )
  if (tried && tried.accepted === run.known)
    return (
      <Callout state="good" title={t('people.registers.all_known')}>
        <p>{t('people.registers.all_known_help')}</p>
      </Callout>
    )
  if (tried)
    return (
      <Callout state="info" title={t('people.registers.tried')}>
        <p>{t('people.registers.tried_help')}</p>
      </Callout>
    )
  return <Progress doing={t('people.registers.trying')} done={run.tried?.done ?? 0} total={run.rows + 1} href={here} />
}

const answers = [
  'rows',
  'accepted',
  'rejected',
  'people_found',
  'people_created',
  'possible_duplicates',
  'facts',
] as const satisfies (keyof Answer)[]

function AnswerFacts({ answer, known }: { answer: Answer; known: number }) {
  const { t } = useFrame()
  return (
    <Facts
      of={[
        ...answers.map((what) => [t(`kernel.register.answer.${what}`), <Count of={answer[what]} />] as const),
        known > 0 && [t('people.registers.known'), <Count of={known} />],
      ]}
    />
  )
}

/** Enough to see what is wrong; the file with the rows has them all. */
const most_shown = 100

function SaidTable({ rows, caption }: { rows: readonly Said[]; caption: string }) {
  const { t } = useFrame()
  return (
    <Table
      caption={caption}
      caption_hidden
      rows={rows.slice(0, most_shown)}
      empty=""
      columns={[
        { header: t('people.registers.line'), cell: ({ line }) => <bdi>{line}</bdi> },
        { header: t('people.registers.what'), cell: ({ what }) => what },
      ]}
    />
  )
}
