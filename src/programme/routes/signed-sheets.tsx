import type { Ctx } from '../../kernel/ctx.ts'
import { NotFound } from '../../kernel/errors.ts'
import type { Form } from '../../kernel/form.ts'
import { filled } from '../../kernel/form.ts'
import { router } from '../../kernel/routes.ts'
import { asidePage, filePage, keepScans, openPage, openScan, pagePicture, scansSeen } from '../actions/signed-sheets.ts'
import { filePageForm, nothing } from '../forms.ts'
import { ScannedPage, ScanPage, ScansPage } from '../pages/signed-sheets.tsx'
import { may } from '../rules/may.ts'
import { programme } from '../urls.ts'

const routes = router()
export default routes.all

const several_files = 60 * 1024 * 1024

routes.form(
  programme.scans,
  may.file_sheets,
  nothing,
  {
    show: async (ctx, _, form) => <ScansPage {...(await scansSeen(ctx))} form={form} />,
    async submit(ctx, _, _input, { files }) {
      const [first, ...others] = await keepScans(ctx, files.get('files') ?? [])
      return others.length === 0 && first ? programme.scan.href({ id: first }) : programme.scans.href()
    },
  },
  several_files,
)

routes.page(programme.scan, may.file_sheets, async (ctx, { id }) => <ScanPage {...(await openScan(ctx, id))} />)

/** Pages are counted from 1 in addresses. */
function pageAsked(text: string) {
  if (!/^[1-9]\d{0,3}$/.test(text)) throw new NotFound()
  return Number(text) - 1
}

const onePage = async (ctx: Ctx, { id, page }: { id: string; page: string }, form: Form<typeof filePageForm>) => (
  <ScannedPage {...(await openPage(ctx, id, pageAsked(page)))} form={filled(form, { sheet: '1' })} />
)

routes.form(programme.scanPage, may.file_sheets, filePageForm, {
  show: onePage,
  async submit(ctx, { id, page }, input) {
    await filePage(ctx, id, pageAsked(page), input)
    return programme.scans.href()
  },
})

routes.form(programme.scanPageAside, may.file_sheets, nothing, {
  show: (ctx, params, form) => onePage(ctx, params, form as Form<typeof filePageForm>),
  async submit(ctx, { id, page }) {
    await asidePage(ctx, id, pageAsked(page))
    return programme.scans.href()
  },
})

routes.page(programme.scanPicture, may.file_sheets, (ctx, { id, page }) => pagePicture(ctx, id, pageAsked(page)))
