import { linksIn } from '../../kernel/links.ts'

export type LinkKind = 'status' | 'offer' | 'register' | 'calendar'
export const { makeLink, findLink, endLinks, sweepLinks } = linksIn<LinkKind>('courses.link')
