/** On paper: agenda with its papers, minutes as evidence. */
import { htmlOf } from '../../board/actions.ts'
import type { Ctx } from '../../kernel/ctx.ts'
import { document, type Picture, paperOf, typeset } from '../../kernel/documents/document.ts'
import { allow, refuse } from '../../kernel/errors.ts'
import { fileBytes } from '../../kernel/files/files.ts'
import type { Translate } from '../../kernel/i18n.ts'
import type { Bytes } from '../../kernel/routes.ts'
import { withFile } from '../../kernel/scans/reading.ts'
import { referencesOf } from '../../programme/actions.ts'
import { referenceText } from '../../programme/parts.tsx'
import { dayInWords } from '../../ui/words-of-time.ts'
import { type Block, blocksOf } from '../rules/blocks.ts'
import { may } from '../rules/may.ts'
import { codeShown } from '../rules/meetings.ts'
import * as store from '../store/meetings.ts'
import { owner, papersShown } from './after.ts'
import { bodiesByName } from './members.ts'
import { type Agenda, type AgendaItem, agendaOf, type MeetingWhole, meetingWhole, type TaskShown } from './reading.ts'
import { wordOf } from './word.ts'

export const inDays = (day: string) => day.split('-').reverse().join('/')
const blocks = (markdown: string): Block[] => blocksOf(htmlOf(markdown))

/** Papers of the tavolo are in Italian, whoever prints them. */
export const wordsOf = (ctx: Ctx) => ctx.words.translate('it')

export const factsOf = (t: Translate, meeting: store.Meeting): [string, string][] => [
  [t('tavolo.meeting.day'), dayInWords(meeting.on_day, 'it', '', 'long')],
  [t('tavolo.meeting.time'), `${meeting.starts_at.slice(0, 5)}–${meeting.ends_at.slice(0, 5)}`],
  [
    t('tavolo.meeting.mode'),
    [t(`tavolo.mode.${meeting.mode}`), meeting.place, meeting.mode === 'in_person' ? '' : meeting.link]
      .filter(Boolean)
      .join(' · '),
  ],
  ...(meeting.chair ? ([[t('tavolo.meeting.chair'), meeting.chair]] as [string, string][]) : []),
]

const ownerText = ({ body, member_name }: TaskShown) => [body, member_name].filter(Boolean).join(' – ') || '—'
const carriedRow = (t: Translate, task: TaskShown) => [
  task.what,
  ownerText(task),
  task.closed_on ? t('tavolo.task.done_on', { day: inDays(task.closed_on) }) : task.due_on ? inDays(task.due_on) : '—',
]

export const titleOf = (t: Translate, { kind, title, about }: Pick<AgendaItem, 'kind' | 'title' | 'about'>) =>
  title ||
  (kind === 'approval' && about
    ? t('tavolo.item.approval_of', { number: about.number ?? 0, day: inDays(about.on_day) })
    : kind === 'calls' || kind === 'indicators' || kind === 'approval'
      ? t(`tavolo.item.${kind}`)
      : t('tavolo.item.topic'))

/** What other services said of it, one line each. */
export const linesOf = (t: Translate, { data, calls, kind }: Pick<AgendaItem, 'data' | 'calls' | 'kind'>) =>
  kind === 'theme'
    ? [data.people ? t('tavolo.theme.people', { count: data.people }) : t('tavolo.theme.few')]
    : [
        ...calls.map(({ number, language, comune }) => t('tavolo.item.call', { number, language, comune })),
        ...(data.indicators ?? []).map(({ code, name, value, expected, target }) =>
          t('tavolo.item.indicator', { code: codeShown(code), name, value, expected, target }),
        ),
      ]

function pointOf(t: Translate, item: AgendaItem, at: number) {
  return {
    title: `${at + 1}. ${titleOf(t, item)}`,
    about: [item.brought_by, item.minutes && t('tavolo.item.long', { minutes: item.minutes })]
      .filter(Boolean)
      .join(' · '),
    explained: blocks(item.explained),
    lines: linesOf(t, item),
    said: blocks(item.said),
    decisions: item.decisions.map(({ year, number, text }) => ({
      label: number ? t('tavolo.decision.number', { number, year }) : t('tavolo.decision.title'),
      text,
    })),
    tasks: item.tasks.map((task) => ({
      label: t('tavolo.task.title'),
      text: [task.what, ownerText(task), task.due_on && t('tavolo.task.by', { day: inDays(task.due_on) })]
        .filter(Boolean)
        .join(' · '),
    })),
  }
}

function shared(t: Translate, { items, carried }: Pick<MeetingWhole, 'items' | 'carried'>) {
  return {
    points: items.map((item, at) => pointOf(t, item, at)),
    carried: carried.map((task) => carriedRow(t, task)),
    words: {
      agenda: t('tavolo.agenda.title'),
      carried: t('tavolo.carried.title'),
      carried_heads: [t('tavolo.task.what'), t('tavolo.task.owner'), t('tavolo.task.due')],
    },
  }
}

async function referencesIn(ctx: Ctx, id: string) {
  const t = wordsOf(ctx)
  return (await referencesOf(ctx, 'tavolo.meeting', id)).map((one) => referenceText(one, t, 'it'))
}

// --- the agenda -----------------------------------------------------------------------------------------------------

const pages_of_papers = 30

async function agendaData(ctx: Ctx, meeting: store.Meeting) {
  const t = wordsOf(ctx)
  const whole = await agendaOf(ctx, meeting)
  const own = shared(t, whole)
  const files = (await papersShown(ctx, meeting.id)).filter(({ scan }) => scan === 'clean' || scan === 'not_scanned')
  const bytes = await Promise.all(files.map(async (file) => ({ ...file, bytes: await fileBytes(ctx, owner, file.id) })))
  return {
    ...own,
    facts: factsOf(t, meeting),
    about: meeting.about,
    words: { ...own.words, papers: t('tavolo.papers.title') },
    files: bytes,
    page: (title: string, page: number, pages: number) => t('tavolo.papers.page', { title, page, pages }),
  }
}

/** Papers that can be drawn become pages of the same file; the others are named, and lie beside it on the member's page. */
async function setAgenda(
  { files, page: words, ...data }: Awaited<ReturnType<typeof agendaData>>,
  ready: Awaited<ReturnType<typeof paperOf>>,
) {
  const pictures: Picture[] = []
  const papers: { title: string; pages: { title: string; picture: string }[] }[] = []
  for (const { title, type, bytes } of files) {
    const pages: { title: string; picture: string }[] = []
    const drawable = type === 'application/pdf' || type.startsWith('image/')
    if (drawable)
      // A paper that cannot be opened (a password) is named and no more.
      await withFile(bytes, type, async (reading) => {
        for (let at = 0; at < reading.pages && pictures.length < pages_of_papers; at++) {
          const name = `paper-${pictures.length}.${type === 'image/jpeg' ? 'jpg' : 'png'}`
          pictures.push({ name, bytes: await reading.show(at) })
          pages.push({ title: words(title, at + 1, reading.pages), picture: name })
        }
      }).catch(() => {})
    papers.push({ title, pages })
  }
  return typeset('tavolo/documents/agenda.typ', { ...data, papers }, ready, pictures)
}

const agendaTitle = (t: Translate, { on_day }: store.Meeting) =>
  t('tavolo.paper.agenda', { day: dayInWords(on_day, 'it', '', 'date') })

export async function agendaPaper(ctx: Ctx, id: string): Promise<Bytes> {
  const meeting = await store.findMeeting(ctx, id)
  allow(ctx.actor.can(may.see))
  const { data, ready } = await agendaReady(ctx, meeting)
  return {
    type: 'application/pdf',
    name: `tavolo-${meeting.on_day}-ordine-del-giorno.pdf`,
    body: () => setAgenda(data, ready),
  }
}

/** For a job, which sets it outside. */
export async function agendaReady(ctx: Ctx, meeting: store.Meeting) {
  const title = agendaTitle(wordsOf(ctx), meeting)
  const references = await referencesIn(ctx, meeting.id)
  return { data: await agendaData(ctx, meeting), ready: await paperOf(ctx, { title, lang: 'it', references }) }
}
export const setAgendaPaper = ({ data, ready }: Awaited<ReturnType<typeof agendaReady>>) => setAgenda(data, ready)

// --- the minutes ----------------------------------------------------------------------------------------------------

/** What minutes are made of. */
export type MinutesOf = Agenda & Pick<MeetingWhole, 'came' | 'corrections'>

export async function minutesData(ctx: Ctx, whole: MinutesOf) {
  const t = wordsOf(ctx)
  const { meeting, came, corrections, loose } = whole
  const own = shared(t, whole)
  const bodies = await bodiesByName(ctx)
  const unnumbered = loose.decisions.length + loose.tasks.length > 0
  const rest: AgendaItem[] = unnumbered
    ? [
        {
          kind: 'topic',
          title: t('tavolo.loose'),
          about: null,
          brought_by: '',
          minutes: null,
          explained: '',
          said: '',
          data: {},
          calls: [],
          ...loose,
        } as unknown as AgendaItem,
      ]
    : []
  const approved_at = meeting.approved_in ? await store.findMeeting(ctx, meeting.approved_in) : undefined
  return {
    facts: [
      ...factsOf(t, meeting),
      [
        t('tavolo.minutes.state'),
        meeting.approved_on
          ? t('tavolo.minutes.approved_on', { day: inDays(meeting.approved_on) }) +
            (approved_at?.number ? ` (${t('tavolo.meeting.numbered', { number: approved_at.number })})` : '')
          : t('tavolo.minutes.draft'),
      ],
    ] as [string, string][],
    present: came
      .map((one) => [bodies.get(one.organisation_id) ?? '', one.name, t(`tavolo.how.${one.how}`)])
      .toSorted((a, b) => `${a[0]} ${a[1]}`.localeCompare(`${b[0]} ${b[1]}`, 'it')),
    points: [...own.points, ...rest.map((item, at) => pointOf(t, item, own.points.length + at))],
    carried: own.carried,
    corrections: corrections.map(({ on_day, text }) => ({
      label: t('tavolo.correction.of', { day: inDays(on_day) }),
      text,
    })),
    words: {
      ...own.words,
      present: t('tavolo.presence.count', { count: new Set(came.map(({ member_id }) => member_id)).size }),
      present_heads: [t('tavolo.member.body'), t('tavolo.member.name'), t('tavolo.presence.how')],
      corrections: t('tavolo.corrections.title'),
      signatures: [t('tavolo.paper.chair_signs'), t('tavolo.paper.writer_signs')],
    },
  }
}
export type MinutesData = Awaited<ReturnType<typeof minutesData>>

async function minutesReady(ctx: Ctx, whole: MinutesOf) {
  const t = wordsOf(ctx)
  const { number, on_day } = whole.meeting
  refuse({ form: number ? undefined : 'tavolo.error.not_held' })
  const title = t('tavolo.paper.minutes', { number: number ?? 0, day: dayInWords(on_day, 'it', '', 'date') })
  const references = await referencesIn(ctx, whole.meeting.id)
  return { data: await minutesData(ctx, whole), title, references, name: `tavolo-${on_day}-verbale` }
}

export async function minutesPaper(ctx: Ctx, id: string): Promise<Bytes> {
  return minutesDocument(ctx, await meetingWhole(ctx, id))
}

/** For somebody whose door has been opened already. */
export async function minutesDocument(ctx: Ctx, whole: MinutesOf) {
  const { data, ...options } = await minutesReady(ctx, whole)
  return document(ctx, 'tavolo/documents/minutes.typ', data, { ...options, lang: 'it' })
}

export async function minutesWord(ctx: Ctx, id: string): Promise<Bytes> {
  const { data, title, references, name } = await minutesReady(ctx, await meetingWhole(ctx, id))
  const ready = await paperOf(ctx, { title, lang: 'it', references })
  return {
    type: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
    name: `${name}.docx`,
    body: () => wordOf(data, ready),
  }
}
