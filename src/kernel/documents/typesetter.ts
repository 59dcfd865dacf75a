/** The thread that sets papers. One compiler for its life: it keeps the fonts and what templates have in common. */
import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { NodeCompiler } from '@myriaddreamin/typst-ts-node-compiler'
import { root } from '../root.ts'
import { answerQuestions } from '../thread.ts'
import { coveredLetters, fontFolders } from './letters.ts'
import type { Picture, Sheet } from './sheet.ts'

const workspace = join(root, 'src')
const compiler = NodeCompiler.create({ workspace, fontArgs: [{ fontPaths: fontFolders }] })
const covered = coveredLetters()

/** A letter we have no shape for is shown as one that is missing, instead of the whole paper being refused. */
function shown(text: string) {
  let fit = ''
  for (const letter of text) {
    if (letter === '\n' || letter === '\t') fit += letter
    else if (unprintable.test(letter)) continue
    else if (covered.has(letter.codePointAt(0) as number)) fit += letter
    else if (!/\p{Default_Ignorable_Code_Point}/u.test(letter)) fit += '\uFFFD'
  }
  return fit
}
const unprintable = /[\p{Cc}\p{Co}\p{Cs}\p{Noncharacter_Code_Point}\uFEFF]/u

const fitting = (value: unknown) =>
  JSON.stringify(value, (_, inner) => (typeof inner === 'string' ? shown(inner) : inner))

/** Two printouts with the same mark say the same. */
function versionOf({ template, data, paper: { made_at, ...paper } }: Sheet) {
  const frame = readFileSync(join(workspace, 'kernel/documents/frame.typ'))
  const own = readFileSync(join(workspace, template))
  return createHash('sha256')
    .update(frame)
    .update(own)
    .update(JSON.stringify([data, paper]))
    .digest('hex')
    .slice(0, 8)
}

function withPictures<Result>(pictures: readonly Picture[], set: () => Result): Result {
  const paths = pictures.map(({ name }) => join(workspace, '.pictures', name))
  for (const [at, { bytes }] of pictures.entries()) compiler.mapShadow(paths[at] as string, Buffer.from(bytes))
  try {
    return set()
  } finally {
    for (const path of paths) compiler.unmapShadow(path)
  }
}

let set = 0
function typeset(sheet: Sheet): Uint8Array<ArrayBuffer> {
  const { template, data, paper, pictures } = sheet
  const inputs = { paper: fitting({ ...paper, version: versionOf(sheet) }), data: fitting(data) }
  const pdf = withPictures(pictures, () => {
    const made = compiler.compile({ mainFilePath: join(workspace, template), inputs })
    if (!made.result) throw new Error(`${template}: ${reason(made)}`)
    return compiler.pdf(made.result, { pdfStandard: 'ua-1' })
  })
  if (++set % 20 === 0) compiler.evictCache(20)
  return new Uint8Array(pdf)
}

function reason(made: ReturnType<typeof compiler.compile>) {
  const error = made.takeError()
  return JSON.stringify(error ? compiler.fetchDiagnostics(error) : 'cannot be set').slice(0, 2000)
}

answerQuestions(typeset, (pdf) => [pdf.buffer])
