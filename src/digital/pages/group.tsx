import type { Form } from '../../kernel/form.ts'
import { Choices } from '../../ui/choice.tsx'
import { Details } from '../../ui/details.tsx'
import { FormCard } from '../../ui/form-card.tsx'
import { useFrame } from '../../ui/frame.ts'
import { Page } from '../../ui/page.tsx'
import type { AfternoonOpen } from '../actions/helping.ts'
import type { groupForm } from '../forms.ts'
import { digital } from '../urls.ts'
import { Device, More, Topics } from './sheet.tsx'

/** Several people helped with the same thing at the same time. */
export function GroupPage({ of, form }: { of: AfternoonOpen; form: Form<typeof groupForm> }) {
  const { t } = useFrame()
  const { opening } = of
  const heads = [
    ...new Map(
      [
        ...of.known,
        ...of.at_desk,
        ...of.done.flatMap(({ head }) => head ?? []),
        ...of.queue.flatMap(({ head }) => head ?? []),
      ].map((head) => [head.id, head]),
    ).values(),
  ]
  const options = heads.map(({ id, latin, original }) => ({ value: id, text: latin || original || '—' }))
  return (
    <Page title={t('digital.group.title')} lead={t('digital.group.lead')}>
      <div class="digital-sheet">
        <FormCard
          form={form}
          submit={t('digital.save')}
          cancel={{ href: digital.afternoon.href({ opening: opening.id }), text: t('digital.back') }}
        >
          <Choices form={form} name="people" label={t('digital.group.people')} options={options} beside />
          <Topics form={form} />
          <Choices
            form={form}
            name="alone_people"
            label={t('digital.group.alone')}
            hint={t('digital.group.alone.hint')}
            options={options}
            beside
            optional
          />
          <Device form={form} />
          <Details summary={t('digital.more')}>
            <More form={form} />
          </Details>
        </FormCard>
      </div>
    </Page>
  )
}
