import type { Ctx } from '../../kernel/ctx.ts'
import { say } from '../../kernel/events.ts'
import { blankForm, type Form } from '../../kernel/form.ts'
import { router } from '../../kernel/routes.ts'
import { findPeople, headLines } from '../../people/actions.ts'
import * as events from '../actions/events.ts'
import { attendForm, findForm, nothing } from '../forms.ts'
import { AttendancePage } from '../pages/attendance.tsx'
import { may } from '../rules/may.ts'
import { board } from '../urls.ts'

const routes = router()
export default routes.all

async function attendancePage(
  ctx: Ctx,
  id: string,
  form: Form<typeof findForm>,
  for_sign_up?: string,
  found?: Awaited<ReturnType<typeof findPeople>>,
) {
  const sheet = await events.attendanceSheet(ctx, id)
  const records = ctx.actor.can(may.record_attendance)
  const known = records ? [...new Set(sheet.attendance.flatMap((row) => row.person_id ?? []))] : []
  const people = new Map((known.length > 0 ? await headLines(ctx, known) : []).map((line) => [line.id, line]))
  return (
    <AttendancePage {...sheet} form={form} for_sign_up={for_sign_up} found={found} people={people} records={records} />
  )
}

routes.form(board.attendance, may.see_sign_ups, findForm, {
  show: (ctx, { id }, form, { query }) => attendancePage(ctx, id, form, query.get('iscrizione') ?? undefined),
  async submit(ctx, { id }, { who, sign_up_id }) {
    return attendancePage(
      ctx,
      id,
      blankForm(ctx.ambito_id, { who }) as Form<typeof findForm>,
      sign_up_id,
      await findPeople(ctx, who),
    )
  },
})

routes.form(board.attended, may.record_attendance, attendForm, {
  show: (ctx, { id }, form) => attendancePage(ctx, id, { ...form, values: {} } as Form<typeof findForm>),
  async submit(ctx, { id }, input) {
    await events.recordAttendance(ctx, id, input)
    say(ctx, 'board.said.attended')
    return board.attendance.href({ id })
  },
})

routes.form(board.attendanceGone, may.record_attendance, nothing, {
  show: (ctx, { id }, form) => attendancePage(ctx, id, form as unknown as Form<typeof findForm>),
  async submit(ctx, { id, attendance }) {
    await events.withdrawAttendance(ctx, id, attendance)
    say(ctx, 'board.said.attendance_withdrawn')
    return board.attendance.href({ id })
  },
})
