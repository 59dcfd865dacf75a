/** Voices, themes, answers and letters for demonstrations; nobody said or wrote any of them. */
import { addDays } from '../kernel/clock.ts'
import type { Ctx } from '../kernel/ctx.ts'
import type { Face, Status, Topic } from './codes.ts'
import world from './lists/demonstration.json' with { type: 'json' }
import * as letters from './store/letters.ts'
import * as themes from './store/themes.ts'
import * as voices from './store/voices.ts'

type Said = {
  language: string
  text: string
  topic: Topic
  days: number
  comune?: string
  channel?: voices.NewVoice['channel']
}
type Theme = Omit<Said, 'language' | 'text' | 'days'> & {
  title: string
  status: Status
  published?: number
  meeting?: boolean
  voices: Omit<Said, 'topic'>[]
  reply?: Record<string, [string, string, string]>
}
const told = world as unknown as {
  meeting: Omit<voices.NewMeeting, 'on_day'> & { days: number; voices: Omit<Said, 'days'>[] }
  themes: Theme[]
  unread: Said[]
  questionnaires: [string, Face, Face, Face, Face, Topic[]][]
  letters: { language: string; text: string; called_as: string; answer?: string }[]
}

export async function fillDemonstration(ctx: Ctx) {
  if (ctx.ambito.slug !== 'lodi') return
  const { days, voices: said_there, ...meeting } = told.meeting
  const on_day = addDays(ctx.today, days)
  const meeting_id = await voices.insertMeeting(ctx, { ...meeting, on_day, demo: true })
  const there: string[] = []
  for (const one of said_there) there.push(await addVoice(ctx, { ...one, days, channel: 'meeting' }, meeting_id))
  for (const id of there) await voices.insertReading(ctx, id, 'heard', '')
  for (const theme of told.themes) await addTheme(ctx, theme, theme.meeting ? there : [])
  for (const one of told.unread) await addVoice(ctx, one)
  await voices.insertQuestionnaires(
    ctx,
    told.questionnaires.map(([language, living, helped, heard, taking_part, hardest], at) => ({
      language,
      living,
      helped,
      heard,
      taking_part,
      hardest,
      comune: null,
      doubtful: false,
      on_day: addDays(ctx.today, -3 * at),
      demo: true,
    })),
  )
  for (const [at, letter] of told.letters.entries()) await addLetter(ctx, letter, at)
}

function addVoice(ctx: Ctx, { days, channel = 'portal', comune, ...said }: Said, meeting_id: string | null = null) {
  return voices.insertVoice(ctx, {
    ...said,
    channel,
    meeting_id,
    comune: comune ?? null,
    on_day: addDays(ctx.today, days),
    demo: true,
  })
}

async function addTheme(ctx: Ctx, { title, topic, status, published, voices: said, reply }: Theme, more: string[]) {
  const id = await themes.insertTheme(ctx, { title, topic, demo: true })
  const ids = [...more]
  for (const one of said) {
    const voice = await addVoice(ctx, { ...one, topic })
    await voices.insertReading(ctx, voice, 'heard', '')
    ids.push(voice)
  }
  await themes.placeVoices(ctx, ids, id)
  const on_day = addDays(ctx.today, Math.min(...said.map(({ days }) => days)))
  await themes.insertStatus(ctx, id, { status: 'open', on_day })
  for (const [language, [heading, you_said, we_did]] of Object.entries(reply ?? {}))
    await themes.insertReply(ctx, id, {
      language,
      title: heading,
      you_said,
      we_did,
      origin: language === 'it' ? 'person' : 'machine',
    })
  if (published === undefined) {
    if (status !== 'open') await themes.insertStatus(ctx, id, { status })
    return
  }
  const day = addDays(ctx.today, published)
  await themes.insertStatus(ctx, id, { status: 'answered', on_day: day })
  await themes.insertPublication(ctx, id, day)
}

/** Nobody has the address of their pages: the tokens are forgotten as they are made. */
async function addLetter(ctx: Ctx, letter: (typeof told.letters)[number], at: number) {
  const { answer, text, ...who } = letter
  const token_hash = Buffer.from(crypto.getRandomValues(new Uint8Array(32)))
  const made = await letters.insertLetter(ctx, {
    ...who,
    email: '',
    phone: '',
    token_hash,
    doubtful: false,
    demo: true,
  })
  if (!made) throw new Error(`letter ${at} is here already`)
  await letters.insertWord(ctx, made.id, 'in', text)
  if (answer) await letters.insertWord(ctx, made.id, 'out', answer)
}
