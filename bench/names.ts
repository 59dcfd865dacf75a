import regions from './names.json' with { type: 'json' }

/** A person who does not exist. Two rows of one `truth` are the same person in two spellings. */
export type SyntheticPerson = {
  truth: number
  /** The name behind the spellings: strangers who have it in common are true namesakes. */
  called: string
  surname: string
  given: string
  born: string
  born_precision: 'day' | 'year'
  gender: 'F' | 'M'
  citizenship: string
  phone: string
  title_number: string
  /** What was done to the second row of a pair; nothing on the first. */
  changed?: 'spelling' | 'swapped' | 'script' | 'truncated' | 'one_cell'
}

type Entry = { spellings: string[]; native: string | undefined }
type Region = { citizenship: string; share: number; F: Entry[]; M: Entry[]; surnames: Entry[]; second: number }

const PAIRS = 0.03

/** mulberry32: small, quick, and the same on every machine, so that two runs measure the same people. */
export function dice(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

const world: Region[] = regions.map(({ citizenship, share, second, F, M, surnames }) => ({
  citizenship,
  share,
  second,
  F: F.map(entry),
  M: M.map(entry),
  surnames: surnames.map(entry),
}))

// «Mohamed/Muhammad|محمد»: the spellings met in Latin letters, then the name in its own script.
function entry(text: string): Entry {
  const [latin = '', native] = text.split('|')
  return { spellings: latin.split('/'), native }
}

export const pool = {
  given: world.reduce((sum, { F, M }) => sum + F.length + M.length, 0),
  surnames: world.reduce((sum, { surnames }) => sum + surnames.length, 0),
}

/** `n` rows; about 3 in 100 are a second spelling of somebody already there. */
export function syntheticPeople(n: number, seed: number): SyntheticPerson[] {
  const roll = dice(seed)
  const people: SyntheticPerson[] = []
  for (let truth = 0; people.length < n; truth++) {
    const drawn = draw(truth, roll)
    people.push(write(drawn, roll))
    if (people.length < n && roll() < PAIRS) people.push(writeAgain(drawn, people.at(-1), roll))
  }
  return people
}

type Drawn = {
  truth: number
  region: Region
  gender: 'F' | 'M'
  given: Entry[]
  surnames: Entry[]
  born: string
  phone: string
  title_number: string
}

function draw(truth: number, roll: () => number): Drawn {
  const region = byShare(roll())
  const gender = roll() < 0.5 ? 'F' : 'M'
  const two = (from: Entry[]) => (roll() < region.second ? [pick(from, roll), pick(from, roll)] : [pick(from, roll)])
  return {
    truth,
    region,
    gender,
    given: once(two(region[gender])),
    surnames: once(two(region.surnames)),
    born: birth(roll),
    phone: `3${figures(9, roll)}`,
    title_number: `I${figures(8, roll)}`,
  }
}

const once = (entries: Entry[]) => [...new Set(entries)]

function byShare(point: number): Region {
  const all = world.reduce((sum, { share }) => sum + share, 0)
  let left = point * all
  for (const region of world) {
    left -= region.share
    if (left < 0) return region
  }
  return world[0] as Region
}

function birth(roll: () => number): string {
  const first = Date.UTC(1945, 0, 1)
  const days = Math.floor(roll() * 365.25 * 75)
  return new Date(first + days * 86_400_000).toISOString().slice(0, 10)
}

const figures = (count: number, roll: () => number) =>
  Array.from({ length: count }, () => Math.floor(roll() * 10)).join('')

function pick<T>(all: T[], roll: () => number): T {
  return all[Math.floor(roll() * all.length)] as T
}

function write(drawn: Drawn, roll: () => number): SyntheticPerson {
  const native = roll() < 0.12
  return row(drawn, spell(drawn.surnames, native, roll), spell(drawn.given, native, roll))
}

function row(
  { truth, region, gender, given: called, surnames, born, phone, title_number }: Drawn,
  surname: string,
  given: string,
): SyntheticPerson {
  return {
    truth,
    called: [...surnames, ...called].map(({ spellings }) => spellings[0]).join(' '),
    surname,
    given,
    born,
    born_precision: 'day',
    gender,
    citizenship: region.citizenship,
    phone,
    title_number,
  }
}

function spell(entries: Entry[], native: boolean, roll: () => number): string {
  const own = native && entries.every((one) => one.native)
  return entries.map((one) => (own ? (one.native ?? '') : pick(one.spellings, roll))).join(' ')
}

/** The same person at the next visit: another hand, another month, one thing changed for sure. */
function writeAgain(drawn: Drawn, before: SyntheticPerson | undefined, roll: () => number): SyntheticPerson {
  const native = [...drawn.given, ...drawn.surnames].every((one) => one.native)
  const changed = pick<NonNullable<SyntheticPerson['changed']>>(
    native
      ? ['spelling', 'swapped', 'script', 'script', 'truncated', 'one_cell']
      : ['spelling', 'swapped', 'truncated', 'one_cell'],
    roll,
  )
  const wasLatin = /^[\p{Script=Latin}\P{L}]*$/u.test(before?.given ?? '')
  const inScript = changed === 'script' && wasLatin
  const again = row(drawn, spell(drawn.surnames, inScript, roll), spell(drawn.given, inScript, roll))
  again.changed = changed
  if (changed === 'swapped') [again.surname, again.given] = [again.given, again.surname]
  if (changed === 'one_cell') [again.surname, again.given] = [`${again.surname} ${again.given}`, '']
  if (changed === 'truncated') shorten(again)
  if (roll() < 0.15) again.born_precision = 'year'
  if (roll() < 0.3) again.phone = `3${figures(9, roll)}`
  return again
}

// A second name is dropped, or the last letter of a long one.
function shorten(person: SyntheticPerson): void {
  const [first = '', ...others] = person.given.split(' ')
  if (others.length > 0) person.given = first
  else if (person.surname.length > 5) person.surname = person.surname.slice(0, -1)
}
