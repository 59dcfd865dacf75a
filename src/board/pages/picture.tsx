/** The picture of a card: chosen, said in words, taken away; and as readers see it. */
import type { Form } from '../../kernel/form.ts'
import { ButtonForm } from '../../ui/button-form.tsx'
import { Field } from '../../ui/field.tsx'
import { FormCard } from '../../ui/form-card.tsx'
import { useFrame } from '../../ui/frame.ts'
import { Page } from '../../ui/page.tsx'
import { Script } from '../../ui/staff-document.tsx'
import { typedText } from '../../ui/typed-form.ts'
import { Upload } from '../../ui/upload.tsx'
import type { pictureForm } from '../forms.ts'
import { most_bytes } from '../rules/pictures.ts'
import { board } from '../urls.ts'

type Kept = { file_id: string; width: number; height: number }

export function PicturePage({
  id,
  title,
  form,
  picture,
}: {
  id: string
  title: string
  form: Form<typeof pictureForm>
  picture: Kept | undefined
}) {
  const { t } = useFrame()
  return (
    <Page title={t('board.picture.title')} lead={title} head={<Script name="picture.js" />}>
      {picture && <Seen of={picture} alt={typedText(form, 'alt')} />}
      <FormCard form={form} submit={t('board.picture.save')}>
        <Upload
          form={form}
          name="picture"
          label={t('board.picture.file')}
          hint={t('board.picture.file.hint')}
          accept=".jpg,.jpeg,.png,.webp"
          kinds="JPG, PNG, WebP"
          bytes={most_bytes}
          {...(picture && { optional: true })}
        />
        <Field form={form} name="alt" label={t('board.field.alt')} hint={t('board.field.alt.hint')} max_length={300} />
      </FormCard>
      {picture && (
        <ButtonForm action={board.pictureGone.href({ id })} kind="quiet" sure={t('board.picture.remove_sure')}>
          {t('board.picture.remove')}
        </ButtonForm>
      )}
    </Page>
  )
}

export const Seen = ({ of, alt }: { of: Kept; alt: string }) => (
  <p>
    <img
      class="img-fluid"
      src={board.pictureFile.href({ id: of.file_id })}
      alt={alt}
      width={of.width}
      height={of.height}
      loading="lazy"
    />
  </p>
)

type Text = {
  picture: string | null
  width: number | null
  height: number | null
  alt: string
  alt_in_italian: boolean
}

/** Nothing moves when it arrives, and it arrives after the words. */
export function Picture({ text: { picture, width, height, alt, alt_in_italian } }: { text: Text }) {
  const { lang } = useFrame()
  if (!picture || !width || !height) return null
  return (
    <p>
      <img
        class="img-fluid"
        src={board.pictureFile.href({ id: picture })}
        alt={alt}
        lang={alt_in_italian && lang !== 'it' ? 'it' : undefined}
        width={width}
        height={height}
        loading="lazy"
        decoding="async"
      />
    </p>
  )
}

/** For previews where a page is shared. */
export function PictureMeta({ text: { picture, alt } }: { text: Text }) {
  const { base_url } = useFrame()
  if (!picture) return null
  return (
    <>
      <meta property="og:image" content={base_url + board.pictureFile.href({ id: picture })} />
      <meta property="og:image:alt" content={alt} />
    </>
  )
}
