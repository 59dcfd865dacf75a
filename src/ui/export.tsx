import type { Address, PathParams } from '../kernel/address.ts'
import type { Ctx } from '../kernel/ctx.ts'
import { exportList, type List } from '../kernel/exports/exports.ts'
import { exportForm, exportFormats, exportPurposes } from '../kernel/exports/forms.ts'
import type { Form } from '../kernel/form.ts'
import type { Asked, Route, router } from '../kernel/routes.ts'
import { Choice } from './choice.tsx'
import { Field } from './field.tsx'
import { FormCard } from './form-card.tsx'
import { useFrame } from './frame.ts'
import { Page } from './page.tsx'

/** The way out of a list: `href` keeps the filters of what is seen. */
export function ExportLink({ href }: { href: string }) {
  const { t } = useFrame()
  return (
    <a class="btn btn-outline-primary" href={href}>
      {t('ui.export.link')}
    </a>
  )
}

/** In which format and what for. */
export function ExportPage({ title, back, form }: { title: string; back: string; form: Form<typeof exportForm> }) {
  const { t } = useFrame()
  return (
    <Page title={t('ui.export.title', { list: title })} lead={t('ui.export.lead')}>
      <FormCard form={form} submit={t('ui.export.submit')} cancel={{ href: back, text: t('ui.export.back') }}>
        <Choice
          form={form}
          name="format"
          label={t('ui.export.format')}
          options={exportFormats.map((value) => ({ value, text: t(`ui.export.format.${value}`) }))}
        />
        <Choice
          form={form}
          name="purpose"
          label={t('ui.export.purpose')}
          options={exportPurposes.map((value) => ({ value, text: t(`ui.export.purpose.${value}`) }))}
        />
        <Field
          form={form}
          name="purpose_text"
          label={t('ui.export.purpose_text')}
          hint={t('ui.export.purpose_text.hint')}
          optional
        />
      </FormCard>
    </Page>
  )
}

type Exported<P extends string> = {
  title(ctx: Ctx): string
  /** Where the list is. */
  back(params: PathParams<P>, query: URLSearchParams): string
  list(ctx: Ctx, params: PathParams<P>, asked: Asked): Promise<List> | List
}

/** `exportRoute(routes, desk.listExport, may.see, { title, back, list })`: the page that asks why, and the file. */
export function exportRoute<P extends string>(
  routes: ReturnType<typeof router>,
  address: Address<P>,
  may: Route['may'],
  { title, back, list }: Exported<P>,
) {
  routes.form(address, may, exportForm, {
    show: (ctx, params, form, { query }) => <ExportPage title={title(ctx)} back={back(params, query)} form={form} />,
    submit: async (ctx, params, input, asked) => exportList(ctx, await list(ctx, params, asked), input),
  })
}
