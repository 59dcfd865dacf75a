import { useFrame } from '../../ui/frame.ts'

/** Nobody sees, hears or reaches it; a machine fills it in. What comes with it is read last, never thrown away. */
export function Trap() {
  const { t } = useFrame()
  return (
    <div class="visually-hidden" aria-hidden="true">
      <label for="f-website">{t('participation.trap')}</label>
      <input id="f-website" name="website" type="text" tabindex={-1} autocomplete="off" />
    </div>
  )
}
