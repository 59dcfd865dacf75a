/** The minutes as Word writes them, for offices that file nothing else. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import {
  AlignmentType,
  BorderStyle,
  Document,
  Footer,
  Header,
  HeadingLevel,
  ImageRun,
  LevelFormat,
  Packer,
  PageNumber,
  Paragraph,
  Table,
  TableBorders,
  TableCell,
  TableLayoutType,
  TableRow,
  TextRun,
  WidthType,
} from 'docx'
import type { PaperReady } from '../../kernel/documents/document.ts'
import { root } from '../../kernel/root.ts'
import type { Block, Run } from '../rules/blocks.ts'
import type { MinutesData } from './papers.ts'

const emblem = readFileSync(join(root, 'src/kernel/documents/emblem.svg'))
/** Of the same drawing, for programs that draw no SVG. */
const emblem_png = readFileSync(join(root, 'src/kernel/documents/emblem.png'))
/** Of another body's drawing we have no other picture: one clear point. */
const nothing = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNgAAIAAAUAAen63NgAAAAASUVORK5CYII=',
  'base64',
)

const runs = (of: readonly Run[]) =>
  of.flatMap(({ text, bold, italic }) =>
    text.split('\n').map((line, at) => new TextRun({ text: line, bold, italics: italic, ...(at > 0 && { break: 1 }) })),
  )

/** Every list counts from one. */
function writer() {
  let lists = 0
  const list = ({ ordered, items }: Extract<Block, { kind: 'list' }>, instance: number) =>
    items.map(
      (item) =>
        new Paragraph({
          children: runs(item),
          numbering: { reference: ordered ? 'numbers' : 'dots', level: 0, instance },
        }),
    )
  return (blocks: readonly Block[]) =>
    blocks.flatMap((block) =>
      block.kind === 'list'
        ? list(block, ++lists)
        : [
            new Paragraph({
              children: runs(block.kind === 'heading' ? block.runs.map((run) => ({ ...run, bold: true })) : block.runs),
              ...(block.kind === 'quote' && { indent: { left: 400 } }),
              spacing: { after: 120 },
            }),
          ],
    )
}

const heading = (text: string, level: 1 | 2 | 3) =>
  new Paragraph({
    text,
    heading: [HeadingLevel.HEADING_1, HeadingLevel.HEADING_2, HeadingLevel.HEADING_3][level - 1] as 'Heading1',
    keepNext: true,
    spacing: { before: 240, after: 100 },
  })

const cell = (text: string, bold = false) =>
  new TableCell({
    children: [new Paragraph({ children: [new TextRun({ text, bold })] })],
    margins: { top: 40, bottom: 40, left: 80, right: 80 },
  })
/** In twentieths of a point: A4, its margins, and what is between them; `parts` say how a line is shared. */
const margin = 1134
const line = 11906 - 2 * margin
const shares = (parts: readonly number[]) => {
  const whole = parts.reduce((sum, one) => sum + one, 0)
  return parts.map((one) => Math.round((line * one) / whole))
}

const table = (heads: readonly string[], rows: readonly (readonly string[])[], parts: readonly number[]) =>
  new Table({
    width: { size: line, type: WidthType.DXA },
    columnWidths: shares(parts),
    layout: TableLayoutType.FIXED,
    rows: [
      new TableRow({ tableHeader: true, children: heads.map((head) => cell(head, true)) }),
      ...rows.map((row) => new TableRow({ cantSplit: true, children: row.map((text) => cell(text)) })),
    ],
  })

/** Side by side, and never alone on a page. */
const toSign = (labels: readonly string[]) =>
  new Table({
    width: { size: line, type: WidthType.DXA },
    columnWidths: shares(labels.map(() => 1)),
    borders: TableBorders.NONE,
    rows: [
      new TableRow({
        cantSplit: true,
        children: labels.map(
          (label) =>
            new TableCell({
              margins: { right: 300 },
              children: [
                new Paragraph({
                  text: label,
                  spacing: { before: 1000 },
                  border: { top: { style: BorderStyle.SINGLE, size: 6, space: 4 } },
                }),
              ],
            }),
        ),
      }),
    ],
  })

const marked = (label: string, text: string) =>
  new Paragraph({
    children: [new TextRun({ text: `${label} `, bold: true }), new TextRun(text)],
    indent: { left: 300 },
    // So that signatures never stand alone on a page.
    keepNext: true,
    spacing: { after: 80 },
  })

/** The width and height of a PNG, or of the drawing of an SVG, for its place in the strip. */
function shapeOf(bytes: Uint8Array, type: 'png' | 'svg') {
  if (type === 'png') {
    const view = new DataView(bytes.buffer, bytes.byteOffset)
    return view.getUint32(16) / Math.max(1, view.getUint32(20))
  }
  const box = /viewBox="[-\d.]+[ ,]+[-\d.]+[ ,]+([\d.]+)[ ,]+([\d.]+)"/.exec(
    new TextDecoder().decode(bytes.slice(0, 2000)),
  )
  return box ? Number(box[1]) / Math.max(1, Number(box[2])) : 1.5
}

function logo(bytes: Uint8Array, type: 'png' | 'svg', alt: string) {
  const height = 40
  const shared = {
    data: Buffer.from(bytes),
    transformation: { width: Math.round(height * shapeOf(bytes, type)), height },
    altText: { name: alt, title: alt, description: alt },
  }
  return type === 'png'
    ? new ImageRun({ type, ...shared })
    : new ImageRun({ type, ...shared, fallback: { type: 'png', data: bytes === emblem ? emblem_png : nothing } })
}

export async function wordOf(data: MinutesData, { paper, pictures }: PaperReady) {
  const bytesOf = new Map(pictures.map(({ name, bytes }) => [name, bytes]))
  const strip = [
    logo(emblem, 'svg', paper.funded),
    new TextRun({ text: `  ${paper.funded}  `, bold: true, size: 16 }),
    ...paper.logos.flatMap(({ picture, alt }) => {
      const bytes = bytesOf.get(picture)
      return bytes ? [logo(bytes, picture.endsWith('.png') ? 'png' : 'svg', alt), new TextRun('  ')] : []
    }),
  ]
  const { words } = data
  const written = writer()
  const word = new Document({
    title: paper.title,
    creator: paper.ambito,
    lastModifiedBy: paper.ambito,
    styles: {
      default: {
        document: { run: { font: 'Calibri', size: 22, language: { value: 'it-IT' } } },
        heading1: { run: { size: 36, bold: true } },
        heading2: { run: { size: 26, bold: true } },
        heading3: { run: { size: 22, bold: true } },
      },
    },
    numbering: {
      config: [
        {
          reference: 'numbers',
          levels: [{ level: 0, format: LevelFormat.DECIMAL, text: '%1.', alignment: AlignmentType.START }],
        },
        {
          reference: 'dots',
          levels: [
            {
              level: 0,
              format: LevelFormat.BULLET,
              text: '•',
              alignment: AlignmentType.START,
              style: { paragraph: { indent: { left: 400, hanging: 200 } } },
            },
          ],
        },
      ],
    },
    sections: [
      {
        properties: { page: { margin: { top: margin, right: margin, bottom: margin, left: margin } } },
        headers: {
          default: new Header({
            children: [
              new Paragraph({ children: strip }),
              new Paragraph({
                spacing: { after: 240 },
                children: [new TextRun({ text: [paper.project, ...paper.references].join(' · '), size: 16 })],
              }),
            ],
          }),
        },
        footers: {
          default: new Footer({
            children: [
              new Paragraph({
                alignment: AlignmentType.END,
                children: [
                  new TextRun({
                    children: [`${paper.words.made} · `, PageNumber.CURRENT, ' / ', PageNumber.TOTAL_PAGES],
                    size: 16,
                  }),
                  ...(paper.words.demo ? [new TextRun({ text: ` · ${paper.words.demo}`, bold: true, size: 16 })] : []),
                ],
              }),
            ],
          }),
        },
        children: [
          heading(paper.title, 1),
          ...data.facts.map(
            ([term, value]) =>
              new Paragraph({ children: [new TextRun({ text: `${term}: `, bold: true }), new TextRun(value)] }),
          ),
          heading(words.present, 2),
          table(words.present_heads, data.present, [3, 3, 2]),
          ...(data.carried.length > 0
            ? [heading(words.carried, 2), table(words.carried_heads, data.carried, [4, 3, 2])]
            : []),
          heading(words.agenda, 2),
          ...data.points.flatMap((point) => [
            heading(point.title, 3),
            ...(point.about ? [new Paragraph({ children: [new TextRun({ text: point.about, italics: true })] })] : []),
            ...written(point.explained),
            ...point.lines.map((text) => new Paragraph({ text, numbering: { reference: 'dots', level: 0 } })),
            ...written(point.said),
            ...point.decisions.map(({ label, text }) => marked(label, text)),
            ...point.tasks.map(({ label, text }) => marked(label, text)),
          ]),
          ...(data.corrections.length > 0
            ? [heading(words.corrections, 2), ...data.corrections.map(({ label, text }) => marked(label, text))]
            : []),
          toSign(words.signatures),
        ],
      },
    ],
  })
  return new Uint8Array(await Packer.toBuffer(word))
}
