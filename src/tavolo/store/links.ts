import { linksIn } from '../../kernel/links.ts'

export type LinkKind = 'invitation' | 'member' | 'task'
export const { makeLink, findLink, endLinks, sweepLinks } = linksIn<LinkKind>('tavolo.link')
