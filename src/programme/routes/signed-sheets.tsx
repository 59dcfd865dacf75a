import type { Ctx } from '../../kernel/ctx.ts'
import { NotFound } from '../../kernel/errors.ts'
import { emptyForm, type Form, filled } from '../../kernel/form.ts'
import { router } from '../../kernel/routes.ts'
import { lineAsked, linesOfPage, nameLine, takeBackLine } from '../actions/signed-lines.ts'
import { asidePage, filePage, keepScans, openPage, openScan, pagePicture, scansSeen } from '../actions/signed-sheets.ts'
import { filePageForm, lineBackForm, lineForm, nothing } from '../forms.ts'
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

type OnePage = { id: string; page: string }

async function onePage(
  ctx: Ctx,
  { id, page }: OnePage,
  { file = emptyForm(ctx), line = emptyForm(ctx) }: { file?: Form<typeof filePageForm>; line?: Form<typeof lineForm> },
) {
  const opened = await openPage(ctx, id, pageAsked(page))
  const lines = await linesOfPage(ctx, opened.row)
  const free = lines?.lines.find(({ signer }) => signer === null)
  return (
    <ScannedPage
      {...opened}
      lines={lines}
      form={filled(file, { sheet: '1' })}
      line_form={filled(line, free ? { line: lineAsked(free) } : {})}
    />
  )
}

routes.form(programme.scanPage, may.file_sheets, filePageForm, {
  show: (ctx, params, file) => onePage(ctx, params, { file }),
  async submit(ctx, { id, page }, input) {
    await filePage(ctx, id, pageAsked(page), input)
    return programme.scans.href()
  },
})

routes.form(programme.scanPageAside, may.file_sheets, nothing, {
  show: (ctx, params, form) => onePage(ctx, params, { file: form as Form<typeof filePageForm> }),
  async submit(ctx, { id, page }) {
    await asidePage(ctx, id, pageAsked(page))
    return programme.scans.href()
  },
})

routes.form(programme.scanLine, may.file_sheets, lineForm, {
  show: (ctx, params, line) => onePage(ctx, params, { line }),
  async submit(ctx, { id, page }, input) {
    await nameLine(ctx, id, pageAsked(page), input)
    return programme.scanPage.href({ id, page })
  },
})

routes.form(programme.scanLineBack, may.file_sheets, lineBackForm, {
  show: (ctx, params, form) => onePage(ctx, params, { line: form as unknown as Form<typeof lineForm> }),
  async submit(ctx, { id, page }, { line }) {
    await takeBackLine(ctx, id, pageAsked(page), line)
    return programme.scanPage.href({ id, page })
  },
})

routes.page(programme.scanPicture, may.file_sheets, (ctx, { id, page }) => pagePicture(ctx, id, pageAsked(page)))
