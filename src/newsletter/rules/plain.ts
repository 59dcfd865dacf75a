/** The letter without marks, for who reads mail as text: the address of a link stands beside its words. */
export const plainOf = (html: string) =>
  html
    .replaceAll(/<a href="([^"]*)"[^>]*>([\s\S]*?)<\/a>/g, (_, href: string, words: string) =>
      words === href ? href : `${words} (${href})`,
    )
    .replaceAll(/<li>/g, '- ')
    .replaceAll(/<hr[^>]*>/g, '\n---\n')
    .replaceAll(/<\/(?:p|ul|ol|h2|h3|blockquote)>/g, '\n\n')
    .replaceAll(/<\/li>|<br[^>]*>/g, '\n')
    .replaceAll(/<[^>]*>/g, '')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&#39;', "'")
    .replaceAll('&amp;', '&')
    .replaceAll(/[ \t]+\n/g, '\n')
    .replaceAll(/\n{3,}/g, '\n\n')
    .trim()
