import type { Ctx } from '../../kernel/ctx.ts'
import { router } from '../../kernel/routes.ts'
import { most_bytes } from '../../kernel/sheets.ts'
import {
  blankRegister,
  feedRegister,
  openFeeding,
  readUpload,
  registersHere,
  rejectedRows,
  resumeRegister,
  takeRegister,
} from '../actions/feeding.ts'
import { noFields } from '../forms/households.ts'
import { registerForm } from '../forms/registers.ts'
import { RegisterRunPage, RegistersPage } from '../pages/registers.tsx'
import { may } from '../rules.ts'
import { people } from '../urls.ts'

const routes = router()
export default routes.all

routes.form(
  people.registers,
  may.feed_registers,
  registerForm,
  {
    show: async (ctx, _, form) => <RegistersPage {...(await registersHere(ctx))} form={form} />,
    async before({ open }, _, { kind }, { files }) {
      const { kinds } = await open(registersHere)
      return readUpload(kinds, kind, files.get('file')?.[0])
    },
    async submit(ctx, _, { kind }, { files, prepared }) {
      const id = await feedRegister(ctx, kind, files.get('file')?.[0]?.name ?? '', prepared)
      return people.registerRun.href({ run: id })
    },
  },
  most_bytes + 100_000,
)

routes.page(people.registerBlank, may.feed_registers, (ctx, { kind, format }) => blankRegister(ctx, kind, format))

const page = async (ctx: Ctx, { run }: { run: string }) => <RegisterRunPage {...(await openFeeding(ctx, run))} />

routes.page(people.registerRun, may.feed_registers, page)
routes.page(people.registerRejects, may.feed_registers, (ctx, { run }) => rejectedRows(ctx, run))

routes.form(people.registerTake, may.feed_registers, noFields, {
  show: page,
  async submit(ctx, { run }) {
    await takeRegister(ctx, run)
    return people.registerRun.href({ run })
  },
})

routes.form(people.registerResume, may.feed_registers, noFields, {
  show: page,
  async submit(ctx, { run }) {
    await resumeRegister(ctx, run)
    return people.registerRun.href({ run })
  },
})
