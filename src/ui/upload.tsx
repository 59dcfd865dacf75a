import type { FieldProps } from './field.tsx'
import { FieldFrame } from './field-frame.tsx'
import { useFrame } from './frame.ts'
import { described, fieldId, type TypedForm } from './typed-form.ts'

/** Files; read by the route from `asked.files`. `name` need not be in the schema: files are not typed. */
export function Upload({
  form,
  name,
  label,
  hint,
  optional,
  id = fieldId(name),
  accept,
  kinds,
  megabytes,
  bytes,
  several,
}: Omit<FieldProps<TypedForm>, 'name'> & {
  name: string
  /** `.pdf,.jpg` */
  accept: string
  /** The same in words: "PDF, foto". */
  kinds: string
  several?: boolean
} & (
    | { megabytes: number; bytes?: never }
    | { /** Of a picture, which a script makes as small where there is one. */ bytes: number; megabytes?: never }
  )) {
  const { t } = useFrame()
  const error = form.errors[name]
  const limit = bytes
    ? t('ui.staff.upload_small', { kb: bytes / 1000, kinds })
    : t('ui.upload.limit', { mb: megabytes ?? 0, kinds })
  const says = hint ? (
    <>
      {hint} {limit}
    </>
  ) : (
    limit
  )
  return (
    <FieldFrame name={name} id={id} label={label} hint={says} error={error} optional={optional}>
      <input
        type="file"
        id={id}
        name={name}
        class={error ? 'form-control is-invalid' : 'form-control'}
        accept={accept}
        multiple={several}
        data-weight={bytes}
        {...described(id, true, error)}
      />
    </FieldFrame>
  )
}
