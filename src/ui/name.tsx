/** A person's name: Latin beside the original script, each kept in its own direction. Never in a title. */
export function Name({
  latin,
  original,
  lang,
}: {
  latin: string
  original?: string | null /** Language of the original. */
  lang?: string | null
}) {
  return (
    <span class="name">
      {latin && <bdi>{latin}</bdi>}
      {latin && original && ' '}
      {original && (
        <bdi class="name-original" {...(lang && { lang })} dir="auto">
          {original}
        </bdi>
      )}
    </span>
  )
}
