/** Who came: one tap each while they greet, or the whole list, or a file, or a sheet on paper. */
import type { Form } from '../../kernel/form.ts'
import type { Signing } from '../../kernel/scans/scans.ts'
import type { SignedLines as Lines } from '../../programme/actions.ts'
import { SignedLines } from '../../programme/parts.tsx'
import { Actions } from '../../ui/actions.tsx'
import { ButtonForm } from '../../ui/button-form.tsx'
import { Callout } from '../../ui/callout.tsx'
import { Chip } from '../../ui/chip.tsx'
import { Choices } from '../../ui/choice.tsx'
import { Details } from '../../ui/details.tsx'
import { FormCard } from '../../ui/form-card.tsx'
import { useFrame } from '../../ui/frame.ts'
import { Live } from '../../ui/live.tsx'
import { Page } from '../../ui/page.tsx'
import { SigningLine } from '../../ui/signing.tsx'
import { Table } from '../../ui/table.tsx'
import { Minutes } from '../../ui/time.tsx'
import { Upload } from '../../ui/upload.tsx'
import type { PresenceShown } from '../actions/presence.ts'
import type { attendanceForm, platformForm } from '../forms.ts'
import { tavolo } from '../urls.ts'
import { useMeetingTitle } from './words.tsx'

type Props = {
  of: PresenceShown
  list: Form<typeof attendanceForm>
  platform: Form<typeof platformForm>
  problem: string | undefined
  /** Names of the file nobody here has. */
  unknown?: readonly string[]
  found?: number
  signing: Signing | null
  lines: Lines
}

export function PresencePage({
  of: { meeting, rows },
  list,
  platform,
  problem,
  unknown = [],
  found,
  signing,
  lines,
}: Props) {
  const { t } = useFrame()
  const titled = useMeetingTitle()
  const id = { meeting: meeting.id }
  const open = meeting.approved_at === null && meeting.cancelled_at === null
  const file_wrong = (platform.errors as Record<string, string>).file
  return (
    <Page
      title={t('tavolo.presence.title')}
      lead={<a href={tavolo.meeting.href(id)}>{titled(meeting)}</a>}
      wide
      actions={
        open && (
          <Actions>
            <a class="btn btn-outline-primary" href={tavolo.sheet.href(id)}>
              {t('tavolo.presence.sheet')}
            </a>
          </Actions>
        )
      }
    >
      {problem && (
        <Callout state="bad" live>
          <p>{problem}</p>
        </Callout>
      )}
      {found !== undefined && (
        <Callout state={unknown.length > 0 ? 'wait' : 'good'} live>
          <p>{t('tavolo.platform.found', { count: found })}</p>
          {unknown.length > 0 && (
            <>
              <p>{t('tavolo.platform.unknown', { count: unknown.length })}</p>
              <ul>
                {unknown.map((name) => (
                  <li>
                    <bdi>{name}</bdi>
                  </li>
                ))}
              </ul>
              <p>
                <a href={tavolo.members.href()}>{t('tavolo.platform.add')}</a>
              </p>
            </>
          )}
        </Callout>
      )}
      {signing && signing.sheets > 0 && (
        <SigningLine of={signing} print={open ? tavolo.sheet.href(id, { mancanti: '1' }) : null} />
      )}
      <SignedLines of={lines} />
      <PresenceList of={{ meeting, rows }} />
      {open && (
        <>
          <Details summary={t('tavolo.presence.list')} open={Object.keys(list.errors).length > 0}>
            <FormCard form={list} action={tavolo.attendance.href(id)} submit={t('tavolo.presence.save')} quiet>
              <Choices
                form={list}
                name="seats"
                label={t('tavolo.presence.who')}
                options={rows.map(({ id: value, body, name }) => ({ value, text: `${body} – ${name}` }))}
              />
            </FormCard>
          </Details>
          <Details summary={t('tavolo.platform.title')} open={file_wrong !== undefined}>
            <FormCard form={platform} action={tavolo.platform.href(id)} submit={t('tavolo.platform.read')} quiet>
              <p>{t('tavolo.platform.lead')}</p>
              <Upload
                form={platform}
                name="file"
                label={t('tavolo.platform.file')}
                accept=".csv,.xlsx,.txt"
                kinds="CSV, XLSX"
                megabytes={2}
              />
            </FormCard>
          </Details>
        </>
      )}
    </Page>
  )
}

/** Keeps itself up to date while several people mark; asked for by itself it is the answer to a tap. */
export function PresenceList({ of: { meeting, rows }, problem }: { of: PresenceShown; problem?: string | undefined }) {
  const { t } = useFrame()
  const id = { meeting: meeting.id }
  const open = meeting.approved_at === null && meeting.cancelled_at === null
  const people = new Set(rows.filter(({ came }) => came).map(({ member_id }) => member_id)).size
  return (
    <Live id="presenze" href={tavolo.attendance.href(id)} changes={tavolo.changes.href(id)}>
      {problem && (
        <Callout state="bad" live>
          <p>{problem}</p>
        </Callout>
      )}
      <p>
        <strong>{t('tavolo.presence.count', { count: people })}</strong>
      </p>
      <Table
        caption={t('tavolo.presence.title')}
        caption_hidden
        rows={rows}
        empty={t('tavolo.presence.empty')}
        columns={[
          { header: t('tavolo.member.body'), cell: ({ body }) => <bdi>{body}</bdi> },
          {
            header: t('tavolo.member.name'),
            names: true,
            cell: ({ name, kind }) => (
              <>
                <bdi>{name}</bdi> {kind === 'substitute' && <Chip state="none">{t('tavolo.seat.substitute')}</Chip>}
              </>
            ),
          },
          {
            header: t('tavolo.invite.answer'),
            cell: ({ answer }) => (answer ? t(`tavolo.answer.${answer}`) : '—'),
          },
          {
            header: t('tavolo.presence.there'),
            cell: ({ came }) =>
              came ? (
                <>
                  <Chip state="good">{t(`tavolo.how.${came.how}`)}</Chip>{' '}
                  {came.minutes !== null && <Minutes of={came.minutes} />}
                </>
              ) : (
                '—'
              ),
          },
          open && {
            header: t('tavolo.presence.tap'),
            cell: ({ id: seat, came }) => (
              <ButtonForm action={tavolo.tap.href({ ...id, seat })} kind={came ? 'quiet' : 'outline'} into="#presenze">
                {t(came ? 'tavolo.presence.undo' : 'tavolo.presence.here')}
              </ButtonForm>
            ),
          },
        ]}
      />
    </Live>
  )
}
