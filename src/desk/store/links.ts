import { linksIn } from '../../kernel/links.ts'

export type LinkKind = 'appointment' | 'calendar'
export const { makeLink, findLink, endLinks, sweepLinks } = linksIn<LinkKind>('desk.link')
