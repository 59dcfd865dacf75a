import type { Ctx } from '../../kernel/ctx.ts'
import { say } from '../../kernel/events.ts'
import type { Form } from '../../kernel/form.ts'
import { router } from '../../kernel/routes.ts'
import { signedLines } from '../../programme/actions.ts'
import * as presence from '../actions/presence.ts'
import { meetingSheet, sheetsSigned } from '../actions/sheet.ts'
import * as forms from '../forms.ts'
import { PresenceList, PresencePage } from '../pages/presence.tsx'
import { may } from '../rules/may.ts'
import { tavolo } from '../urls.ts'
import { blank, filled } from './forms-shown.ts'

const routes = router()
export default routes.all

const onPaper = async (ctx: Ctx, id: string) => ({
  signing: (await sheetsSigned(ctx, [id])).get(id) ?? null,
  lines: await signedLines(ctx, meetingSheet, id),
})

type PresenceForms = {
  list?: Form<typeof forms.attendanceForm>
  platform?: Form<typeof forms.platformForm>
  problem?: string | undefined
}
async function presencePage(ctx: Ctx, id: string, { list, platform, problem }: PresenceForms = {}) {
  const of = await presence.presenceShown(ctx, id)
  const seats = of.rows.filter(({ came }) => came).map((row) => row.id)
  return (
    <PresencePage
      of={of}
      list={filled(list ?? blank(ctx), { seats })}
      platform={platform ?? blank(ctx)}
      problem={problem ?? list?.errors.form ?? platform?.errors.form}
      {...(await onPaper(ctx, id))}
    />
  )
}
routes.form(tavolo.attendance, may.keep, forms.attendanceForm, {
  show: async (ctx, { meeting }, list, { fragment }) =>
    fragment ? <PresenceList of={await presence.presenceShown(ctx, meeting)} /> : presencePage(ctx, meeting, { list }),
  async submit(ctx, { meeting }, { seats }) {
    await presence.setList(ctx, meeting, seats)
    say(ctx, 'tavolo.said.attendance')
    return tavolo.attendance.href({ meeting })
  },
})
routes.form(
  tavolo.platform,
  may.keep,
  forms.platformForm,
  {
    show: (ctx, { meeting }, platform) => presencePage(ctx, meeting, { platform }),
    async submit(ctx, { meeting }, _input, { files }) {
      const { found, unknown } = await presence.takePlatformFile(ctx, meeting, files.get('file')?.[0])
      const of = await presence.presenceShown(ctx, meeting)
      const seats = of.rows.filter(({ came }) => came).map((row) => row.id)
      return (
        <PresencePage
          of={of}
          list={blank(ctx, { seats })}
          platform={blank(ctx)}
          problem={undefined}
          found={found}
          unknown={unknown}
          {...(await onPaper(ctx, meeting))}
        />
      )
    },
  },
  3_000_000,
)
routes.form(tavolo.tap, may.keep, forms.nothing, {
  show: async (ctx, { meeting }, { errors }, { fragment }) =>
    fragment ? (
      <PresenceList of={await presence.presenceShown(ctx, meeting)} problem={errors.form} />
    ) : (
      presencePage(ctx, meeting, { problem: errors.form })
    ),
  async submit(ctx, { meeting, seat }, _input, { fragment }) {
    await presence.tap(ctx, meeting, seat)
    if (fragment) return <PresenceList of={await presence.presenceShown(ctx, meeting)} />
    return tavolo.attendance.href({ meeting })
  },
})
