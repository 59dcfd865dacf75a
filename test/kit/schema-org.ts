/** What a page says of itself to search engines, read as they read it: https://schema.org, and what they ask of each kind. */
type Thing = { [key: string]: unknown } & { '@type': string }
/** What schema.org's readers ask of each kind: a path, and how its value looks. */
const asked: Record<string, Record<string, RegExp>> = {
  GovernmentService: {
    name: /\S/,
    description: /\S/,
    areaServed: /\S/,
    'serviceOperator.@type': /^GovernmentOrganization$/,
    'serviceOperator.name': /\S/,
    'availableChannel.serviceUrl': /^https?:\/\//,
  },
  Event: {
    name: /\S/,
    description: /\S/,
    url: /^https?:\/\//,
    startDate: /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+0[12]:00$/,
    endDate: /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+0[12]:00$/,
    eventStatus: /^https:\/\/schema\.org\/Event(Scheduled|Cancelled)$/,
    eventAttendanceMode: /AttendanceMode$/,
    'location.name': /\S/,
    'location.address': /\S/,
    'organizer.name': /\S/,
    'organizer.url': /^https?:\/\//,
  },
  Course: {
    name: /\S/,
    description: /\S/,
    url: /^https?:\/\//,
    'provider.name': /\S/,
    'offers.category': /^Free$/,
    'hasCourseInstance.courseMode': /^(Onsite|Online)$/,
    'hasCourseInstance.courseWorkload': /^PT\d+H$/,
    'hasCourseInstance.startDate': /^\d{4}-\d\d-\d\d$/,
  },
}

/** The kinds of things a page speaks of, and what is missing of each. */
export function aboutOf(page: string) {
  const [, said] = /<script type="application\/ld\+json"[^>]*>([\s\S]*?)<\/script>/.exec(page) ?? []
  const data = JSON.parse(said ?? 'null') as (Thing & { '@context': string; '@graph'?: Thing[] }) | null
  const things = data?.['@context'] === 'https://schema.org' ? (data['@graph'] ?? [data]) : []
  const valueAt = (thing: Thing, path: string) =>
    path.split('.').reduce<unknown>((of, key) => {
      const inner = (of as Record<string, unknown> | undefined)?.[key]
      // A reference to another thing of the same page stands for it.
      const id = (inner as { '@id'?: string } | undefined)?.['@id']
      return things.find((one) => id !== undefined && one['@id'] === id) ?? inner
    }, thing)
  return {
    kinds: things.map((thing) => thing['@type']),
    missing: things.flatMap((thing) =>
      Object.entries(asked[thing['@type']] ?? {}).flatMap(([path, looks]) =>
        looks.test(String(valueAt(thing, path) ?? '')) ? [] : [`${thing['@type']}.${path}`],
      ),
    ),
  }
}
