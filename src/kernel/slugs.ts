/** The last part of an address: Latin letters, digits and dashes, made from the Italian title; `nameless` where none is left. */
export function slugOf(title: string, nameless: string) {
  const words = title
    .normalize('NFKD')
    .replaceAll(/\p{M}/gu, '')
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-+|-+$/g, '')
  const short = words.length <= 60 ? words : words.slice(0, 60).replace(/-[^-]*$/, '')
  return short || nameless
}

/** `corso`, or `corso-2` when somebody has it already. */
export function freeSlug(slug: string, taken: ReadonlySet<string>) {
  if (!taken.has(slug)) return slug
  let number = 2
  while (taken.has(`${slug}-${number}`)) number++
  return `${slug}-${number}`
}
