/** Answers drawn and named: radio buttons or boxes whose whole field answers to the finger, with a pictogram beside the word. */
import { GroupFrame } from '../../ui/field-frame.tsx'
import { useFrame } from '../../ui/frame.ts'
import { Pictogram } from '../../ui/pictogram.tsx'
import type { PictogramName } from '../../ui/pictograms.ts'
import { fieldId, type NameIn, type TypedForm, typedList } from '../../ui/typed-form.ts'
import { faces, topicList } from '../codes.ts'

type Props<F extends TypedForm> = { form: F; name: NameIn<F>; label: string; hint?: string; optional?: boolean }
type Drawn = { value: string; text: string; pictogram: PictogramName }

const smiles = { yes: 'mood-happy', little: 'mood-empty', no: 'mood-sad' } as const satisfies Record<
  (typeof faces)[number],
  PictogramName
>

/** Yes, a little, no. */
export function Faces<F extends TypedForm>(props: Props<F>) {
  const { t } = useFrame()
  return (
    <Pictured
      {...props}
      look="faces"
      options={faces.map((value) => ({ value, text: t(`participation.face.${value}`), pictogram: smiles[value] }))}
    />
  )
}

/** What it is about; with `several` up to three. */
export function Topics<F extends TypedForm>({ several, ...props }: Props<F> & { several?: boolean }) {
  const { t } = useFrame()
  return (
    <Pictured
      {...props}
      look="topics"
      {...(several && { several })}
      options={topicList.map(({ code, pictogram }) => ({
        value: code,
        text: t(`participation.topic.${code}`),
        pictogram,
      }))}
    />
  )
}

type PicturedProps<F extends TypedForm> = Props<F> & {
  look: 'faces' | 'topics'
  options: readonly Drawn[]
  several?: boolean
}
function Pictured<F extends TypedForm>({ form, name, options, look, several, ...group }: PicturedProps<F>) {
  const id = fieldId(name)
  const error = form.errors[name]
  const chosen = typedList(form, name)
  return (
    <GroupFrame name={name} id={id} {...group} {...(error && { error })}>
      <div class={look === 'faces' ? 'pictured faces' : 'pictured'}>
        {options.map(({ value, text, pictogram }, at) => (
          <div class="form-check">
            <input
              class="form-check-input"
              type={several ? 'checkbox' : 'radio'}
              id={at === 0 ? id : `${id}-${at}`}
              name={name}
              value={value}
              checked={chosen.includes(value)}
            />
            <label class="form-check-label" for={at === 0 ? id : `${id}-${at}`}>
              <Pictogram name={pictogram} size={look === 'faces' ? 'l' : 'm'} /> <span>{text}</span>
            </label>
          </div>
        ))}
      </div>
    </GroupFrame>
  )
}
