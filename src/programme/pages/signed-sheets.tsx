import type { Form } from '../../kernel/form.ts'
import type { PageRow, ScanRow } from '../../kernel/scans/scans.ts'
import { ButtonForm } from '../../ui/button-form.tsx'
import { Callout } from '../../ui/callout.tsx'
import { Chip } from '../../ui/chip.tsx'
import { Select } from '../../ui/choice.tsx'
import { Field } from '../../ui/field.tsx'
import { FormCard } from '../../ui/form-card.tsx'
import { useFrame } from '../../ui/frame.ts'
import { Page } from '../../ui/page.tsx'
import { Progress } from '../../ui/progress.tsx'
import { Table } from '../../ui/table.tsx'
import { Count, Moment } from '../../ui/time.tsx'
import { Upload } from '../../ui/upload.tsx'
import { type LinesOfPage, lineAsked, type NamedLine } from '../actions/signed-lines.ts'
import type { filePageForm, lineForm, nothing } from '../forms.ts'
import { programme } from '../urls.ts'

type Things = ReadonlyMap<string, { text: string; href: string }>

export function ScansPage({
  scans,
  waiting,
  form,
}: {
  scans: readonly ScanRow[]
  waiting: readonly PageRow[]
  form: Form<typeof nothing>
}) {
  const { t } = useFrame()
  return (
    <Page title={t('programme.scans.title')} lead={t('programme.scans.lead')}>
      <FormCard form={form} submit={t('programme.scans.send')}>
        <Upload
          form={form}
          name="files"
          label={t('programme.scans.files')}
          hint={t('programme.scans.files_hint')}
          accept=".pdf,.jpg,.jpeg,.png"
          kinds="PDF, JPG, PNG"
          megabytes={40}
          several
        />
      </FormCard>
      <h2>{t('programme.scans.to_file')}</h2>
      <Table
        caption={t('programme.scans.to_file')}
        caption_hidden
        rows={waiting}
        empty={t('programme.scans.nothing_to_file')}
        columns={[
          {
            header: t('programme.scans.page'),
            names: true,
            cell: (page) => <PageLink of={page}>{t('programme.scans.page_of', { page: page.page + 1 })}</PageLink>,
          },
          {
            header: t('programme.scans.scan'),
            cell: ({ scan_id }) => <bdi>{scans.find(({ id }) => id === scan_id)?.name}</bdi>,
          },
          { header: t('programme.scans.why'), cell: ({ unread }) => unread && t(`programme.scans.unread.${unread}`) },
        ]}
      />
      <h2>{t('programme.scans.recent')}</h2>
      <Table
        caption={t('programme.scans.recent')}
        caption_hidden
        rows={scans}
        empty={t('programme.scans.none')}
        columns={[
          {
            header: t('programme.scans.scan'),
            names: true,
            cell: ({ id, name }) => (
              <a href={programme.scan.href({ id })}>
                <bdi>{name}</bdi>
              </a>
            ),
          },
          { header: t('programme.scans.when'), cell: ({ recorded_at }) => <Moment at={recorded_at} as="short" /> },
          { header: t('programme.scans.state'), cell: (scan) => <ScanState of={scan} /> },
          { header: t('programme.scans.filed_pages'), align: 'end', cell: ({ filed }) => <Count of={Number(filed)} /> },
        ]}
      />
    </Page>
  )
}

function PageLink({ of: { scan_id, page }, children }: { of: PageRow; children: string }) {
  return <a href={programme.scanPage.href({ id: scan_id, page: String(page + 1) })}>{children}</a>
}

function ScanState({ of: { ended_at, failure, read, filed } }: { of: ScanRow }) {
  const { t } = useFrame()
  if (failure) return <Chip state="bad">{t(`programme.scans.failure.${failure}`)}</Chip>
  if (!ended_at) return <Chip state="info">{t('programme.scans.reading')}</Chip>
  if (Number(filed) === Number(read)) return <Chip state="good">{t('programme.scans.all_filed')}</Chip>
  return <Chip state="none">{t('programme.scans.read')}</Chip>
}

export function ScanPage({ scan, pages, things }: { scan: ScanRow; pages: readonly PageRow[]; things: Things }) {
  const { t } = useFrame()
  const here = programme.scan.href({ id: scan.id })
  return (
    <Page
      title={t('programme.scans.scan')}
      lead={<bdi>{scan.name}</bdi>}
      actions={
        <a class="btn btn-outline-primary" href={programme.scans.href()}>
          {t('programme.scans.back')}
        </a>
      }
    >
      {scan.failure ? (
        <Callout state="bad" title={t(`programme.scans.failure.${scan.failure}`)}>
          <p>{t(`programme.scans.failure_help.${scan.failure}`)}</p>
        </Callout>
      ) : (
        <Progress
          doing={scan.ended_at ? t('programme.scans.read') : t('programme.scans.reading')}
          done={scan.ended_at ? (scan.pages ?? 1) : pages.length}
          total={scan.pages ?? 1}
          href={here}
        />
      )}
      <Table
        caption={t('programme.scans.pages')}
        rows={pages}
        empty={t('programme.scans.no_page_yet')}
        columns={[
          {
            header: t('programme.scans.page'),
            names: true,
            cell: (page) => <PageLink of={page}>{t('programme.scans.page_of', { page: page.page + 1 })}</PageLink>,
          },
          { header: t('programme.scans.where'), cell: (page) => <Where of={page} things={things} /> },
        ]}
      />
    </Page>
  )
}

function Where({ of: { kind, thing_id, sheet, unread, set_aside_at }, things }: { of: PageRow; things: Things }) {
  const { t } = useFrame()
  if (!kind || !thing_id)
    return set_aside_at ? (
      <Chip state="none">{t('programme.scans.set_aside')}</Chip>
    ) : (
      <Chip state="wait">{unread && t(`programme.scans.unread.${unread}`)}</Chip>
    )
  const thing = things.get(thing_id)
  return (
    <>
      {thing ? <a href={thing.href}>{thing.text}</a> : t('programme.scans.elsewhere')}
      {' · '}
      {t('programme.scans.sheet', { sheet })}
    </>
  )
}

type OneProps = {
  row: PageRow
  thing: { text: string; href: string } | undefined
  offered: readonly { value: string; text: string }[]
  form: Form<typeof filePageForm>
  lines: LinesOfPage | null
  line_form: Form<typeof lineForm>
}

/** The page as it came, and what it is. */
export function ScannedPage({ row, thing, offered, form, lines, line_form }: OneProps) {
  const { t } = useFrame()
  const at = { id: row.scan_id, page: String(row.page + 1) }
  return (
    <Page
      title={t('programme.scans.page_of', { page: row.page + 1 })}
      actions={
        <a class="btn btn-outline-primary" href={programme.scan.href({ id: row.scan_id })}>
          {t('programme.scans.back_to_scan')}
        </a>
      }
      wide
    >
      {row.filed_at ? (
        <p>
          <Where of={row} things={new Map(thing && row.thing_id ? [[row.thing_id, thing]] : [])} />
        </p>
      ) : (
        <>
          <Callout state="wait">
            <p>{row.unread && t(`programme.scans.unread.${row.unread}`)}</p>
          </Callout>
          <FormCard form={form} submit={t('programme.scans.file')}>
            <Select form={form} name="thing" label={t('programme.scans.thing')} options={offered} />
            <Field form={form} name="sheet" kind="number" label={t('programme.scans.sheet_number')} />
          </FormCard>
          {!row.set_aside_at && (
            <ButtonForm action={programme.scanPageAside.href(at)} kind="quiet">
              {t('programme.scans.aside_this')}
            </ButtonForm>
          )}
        </>
      )}
      {lines && <EmptyLines of={lines} at={at} thing={thing} form={line_form} />}
      <p>
        <a href={programme.scanPicture.href(at)}>
          <img class="img-fluid" src={programme.scanPicture.href(at)} alt={t('programme.scans.picture')} />
        </a>
      </p>
    </Page>
  )
}

/** Lines that were printed empty: whose signature is on them is said here, one after the other. */
function EmptyLines({
  of: { lines, unsigned, authors },
  at,
  thing,
  form,
}: {
  of: LinesOfPage
  at: { id: string; page: string }
  thing: OneProps['thing']
  form: Form<typeof lineForm>
}) {
  const { t } = useFrame()
  const free = lines.filter(({ signer }) => signer === null)
  const named = lines.filter(({ signer }) => signer !== null)
  const asked = free.length > 0 && unsigned.length > 0
  const wrong = Object.values(form.errors)[0]
  return (
    <>
      <h2>{t('programme.scans.lines.title')}</h2>
      <p>{t('programme.scans.lines.lead')}</p>
      {named.length > 0 && (
        <Table
          caption={t('programme.scans.lines.named')}
          caption_hidden
          rows={named}
          empty=""
          columns={[
            {
              header: t('programme.scans.lines.line'),
              names: true,
              cell: ({ row }) => t('programme.scans.lines.row', { row }),
            },
            { header: t('programme.scans.lines.signed'), cell: (line) => <Who of={line} /> },
            {
              header: t('programme.scans.lines.said_by'),
              cell: ({ recorded_at, recorded_by }) => (
                <span>
                  <bdi>{authors.get(recorded_by ?? '') ?? '—'}</bdi>,{' '}
                  {recorded_at && <Moment at={recorded_at} as="short" />}
                </span>
              ),
            },
            {
              header: '',
              cell: (line) => (
                <ButtonForm action={programme.scanLineBack.href(at)} values={{ line: lineAsked(line) }} kind="quiet">
                  {t('programme.scans.lines.take_back', { row: line.row })}
                </ButtonForm>
              ),
            },
          ]}
        />
      )}
      {!asked && wrong && (
        <Callout state="bad" live>
          <p>{wrong}</p>
        </Callout>
      )}
      {asked && (
        <FormCard form={form} action={programme.scanLine.href(at)} submit={t('programme.scans.lines.save')}>
          <Select
            form={form}
            name="line"
            label={t('programme.scans.lines.line')}
            options={free.map((line) => ({
              value: lineAsked(line),
              text: t('programme.scans.lines.row', { row: line.row }),
            }))}
          />
          <Select
            form={form}
            name="signer"
            label={t('programme.scans.lines.who')}
            options={unsigned.map(({ id, name }) => ({ value: id, text: name }))}
          />
        </FormCard>
      )}
      {free.length > 0 && thing && (
        <p>
          {t(unsigned.length > 0 ? 'programme.scans.lines.not_there' : 'programme.scans.lines.all_signed')}{' '}
          <a href={thing.href}>{thing.text}</a>
        </p>
      )}
    </>
  )
}

function Who({ of: { who } }: { of: Pick<NamedLine, 'who'> }) {
  const { t } = useFrame()
  return who ? <bdi>{who.name}</bdi> : t('programme.scans.lines.gone')
}
