/** What every paper shows of the project: its name, its numbers, who pays, the strip of logos. */
import type { Ctx } from '../../kernel/ctx.ts'
import type { PaperHead } from '../../kernel/documents/document.ts'
import type { Translate } from '../../kernel/i18n.ts'
import { findLogoFile } from '../store/logos.ts'
import { findProject } from '../store/project.ts'
import { logoStrip } from './logos.ts'

export async function paperHead(ctx: Ctx, t: Translate): Promise<PaperHead> {
  const project = await findProject(ctx, ctx.today)
  const numbers = project
    ? [project.name, project.fund, project.project_code, project.cup && `CUP ${project.cup}`]
    : [ctx.ambito.name]
  const logos = []
  for (const { id, alt } of await logoStrip(ctx)) {
    const file = await findLogoFile(ctx, id, 'light')
    if (file) logos.push({ ...file, alt })
  }
  return { funded: t('ui.footer.funded'), project: numbers.filter(Boolean).join(' · '), logos }
}
