/** The points of an agenda, and what is written beside them. */
import { htmlOf } from '../../board/actions.ts'
import type { Ctx } from '../../kernel/ctx.ts'
import { say } from '../../kernel/events.ts'
import { router } from '../../kernel/routes.ts'
import { decide } from '../actions/decisions.ts'
import { changeItem, postponeItem, removeItem, writeSaid } from '../actions/points.ts'
import * as reading from '../actions/reading.ts'
import { entrust, ownersOffered } from '../actions/tasks.ts'
import * as forms from '../forms.ts'
import { type WritingForms, WritingPage } from '../pages/writing.tsx'
import { may } from '../rules/may.ts'
import { tavolo } from '../urls.ts'
import { blank, filled } from './forms-shown.ts'

const routes = router()
export default routes.all

async function writingPage(ctx: Ctx, id: string, some: Partial<WritingForms> = {}, problem?: string) {
  const whole = await reading.itemWhole(ctx, id)
  const { item, meeting } = whole
  const points = meeting ? (await reading.agendaOf(ctx, meeting)).items : []
  const { title, explained, brought_by } = item
  const given: WritingForms = {
    said: filled(some.said ?? blank(ctx), { said: item.said, version: String(item.version) }),
    item:
      some.item ??
      blank(ctx, {
        title,
        explained,
        brought_by,
        minutes: item.minutes === null ? '' : String(item.minutes),
        position: String(item.position),
      }),
  }
  // A form that is there says it itself; of a meeting that is closed none is.
  const closed = meeting !== null && (meeting.approved_at !== null || meeting.cancelled_at !== null)
  const told = closed ? (given.said.errors.form ?? given.item.errors.form) : undefined
  return (
    <WritingPage
      {...whole}
      shown={points.find((one) => one.id === id)}
      points={points}
      forms={given}
      owners={await ownersOffered(ctx)}
      html={{ said: htmlOf(item.said), explained: htmlOf(item.explained) }}
      closed={closed}
      problem={problem ?? told}
    />
  )
}
const toItem = (item: string) => tavolo.said.href({ item })
const toMeetingOrHome = (meeting: string | null) => (meeting ? tavolo.meeting.href({ meeting }) : tavolo.home.href())

routes.form(tavolo.said, may.keep, forms.saidForm, {
  show: (ctx, { item }, said) => writingPage(ctx, item, { said }),
  async submit(ctx, { item }, { said, version, decision, ...task }) {
    await writeSaid(ctx, item, { said, version })
    if (decision) await decide(ctx, item, decision)
    if (task.what || task.owner || task.due_on) await entrust(ctx, item, task)
    say(ctx, 'tavolo.said.changed')
    return toItem(item)
  },
})
routes.form(tavolo.item, may.keep, forms.itemChangeForm, {
  show: (ctx, { item }, form) => writingPage(ctx, item, Object.keys(form.values).length > 0 ? { item: form } : {}),
  async submit(ctx, { item }, input) {
    await changeItem(ctx, item, input)
    say(ctx, 'tavolo.said.changed')
    return toItem(item)
  },
})
for (const [address, deed, said] of [
  [tavolo.postponement, postponeItem, 'tavolo.said.postponed'],
  [tavolo.itemGone, removeItem, 'tavolo.said.item_gone'],
] as const)
  routes.form(address, may.keep, forms.nothing, {
    show: (ctx, { item }, form) => writingPage(ctx, item, {}, form.errors.form),
    async submit(ctx, { item }) {
      const meeting = await deed(ctx, item)
      say(ctx, said)
      return toMeetingOrHome(meeting)
    },
  })
