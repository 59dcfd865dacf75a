import type { Form } from '../../kernel/form.ts'
import { filled } from '../../kernel/form.ts'
import { router, type Upload } from '../../kernel/routes.ts'
import { addLogo, logoBytes, logoOf, logoStrip, moveLogoForward, removeLogo, replaceLogo } from '../actions/logos.ts'
import { logoForm, nothing } from '../forms.ts'
import { LogoPage, LogosPage } from '../pages/logos.tsx'
import { may } from '../rules/may.ts'
import { programme } from '../urls.ts'

const routes = router()
export default routes.all

const three_files = 3_200_000
const given = (files: Map<string, Upload[]>) =>
  Object.fromEntries([...files].flatMap(([name, [file]]) => (file ? [[name, file.bytes]] : [])))

routes.form(
  programme.logos,
  may.read,
  logoForm,
  {
    show: async (ctx, _, form) => (
      <LogosPage logos={await logoStrip(ctx)} form={form} changes={ctx.actor.can(may.keep_logos)} />
    ),
    async submit(ctx, _, { alt }, { files }) {
      await addLogo(ctx, alt, given(files))
      return programme.logos.href()
    },
  },
  three_files,
)

routes.form(
  programme.logo,
  may.keep_logos,
  logoForm,
  {
    async show(ctx, { id }, form) {
      const logo = await logoOf(ctx, id)
      return <LogoPage logo={logo} form={filled(form, { alt: logo.alt })} />
    },
    async submit(ctx, { id }, { alt }, { files }) {
      await replaceLogo(ctx, id, alt, given(files))
      return programme.logos.href()
    },
  },
  three_files,
)

for (const [address, act] of [
  [programme.logoMoved, moveLogoForward],
  [programme.logoEnded, removeLogo],
] as const)
  routes.form(address, may.keep_logos, nothing, {
    show: async (ctx, _, form) => (
      <LogosPage logos={await logoStrip(ctx)} form={form as Form<typeof logoForm>} changes />
    ),
    async submit(ctx, { id }) {
      await act(ctx, id)
      return programme.logos.href()
    },
  })

routes.machine(programme.logoFile, async (ctx, { id, version }) => {
  const { bytes, type } = await logoBytes(ctx, id, version)
  return { body: bytes, type }
})
