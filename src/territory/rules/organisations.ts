export const organisationKinds = [
  'ambito',
  'region',
  'comune',
  'questura',
  'prefettura',
  'school',
  'cpia',
  'health',
  'employment',
  'social_security',
  'other_public',
  'third_sector',
  'community',
  'union',
  'company',
  'other',
] as const
export type OrganisationKind = (typeof organisationKinds)[number]

const publicBodies: readonly string[] = organisationKinds.slice(0, organisationKinds.indexOf('third_sector'))

/** Reports tell public bodies from the third sector and the rest. */
export const isPublicBody = (kind: string) => publicBodies.includes(kind)

/** Those that answer for the residents of a Comune. */
export const officeKinds = [
  'questura',
  'prefettura',
  'cpia',
  'health',
  'employment',
  'social_security',
  'other_public',
] as const satisfies readonly OrganisationKind[]
