/** What people answered, by service and over time; nothing that fewer than five people said. */
import type { Ctx } from '../../kernel/ctx.ts'
import { allow } from '../../kernel/errors.ts'
import { type List, listOf } from '../../kernel/exports/exports.ts'
import { again, changes, type Face, faces, questions, type Service, services, topics } from '../codes.ts'
import { few, publicCounts } from '../rules/figures.ts'
import { may } from '../rules/may.ts'
import { type AnswerGiven, answersGiven, openSurveys } from '../store/surveys.ts'
import { questionnairesSince } from '../store/voices.ts'

type Counts<Code extends string> = Record<Code, number | null> | null
export type ResultLine = { key: string; answers: number | null; useful: Counts<Face> }

const quarterOf = (day: string) => `${day.slice(0, 4)}-T${Math.ceil(Number(day.slice(5, 7)) / 3)}`
const countOf = <Code extends string>(codes: readonly Code[], given: readonly (readonly Code[])[]) =>
  Object.fromEntries(codes.map((code) => [code, given.filter((one) => one.includes(code)).length])) as Record<
    Code,
    number
  >

/** One line for each group; small groups are hidden, and another with them when their sum would tell. */
function linesOf(answers: readonly AnswerGiven[], keyOf: (answer: AnswerGiven) => string): ResultLine[] {
  const groups = Map.groupBy(answers, keyOf)
  const sizes = publicCounts(Object.fromEntries([...groups].map(([key, given]) => [key, given.length])))
  return [...groups].map(([key, given]) => {
    const answers = sizes?.[key] ?? null
    return {
      key,
      answers,
      useful:
        answers === null
          ? null
          : publicCounts(
              countOf(
                faces,
                given.map(({ useful }) => [useful]),
              ),
            ),
    }
  })
}

export async function results(ctx: Ctx, service: Service | undefined) {
  allow(ctx.actor.can(may.see_results))
  const all = await answersGiven(ctx)
  const answers = service ? all.filter((one) => one.service === service) : all
  const order = (line: ResultLine) => services.indexOf(line.key as Service)
  return {
    total: answers.length < few ? null : answers.length,
    useful: publicCounts(
      countOf(
        faces,
        answers.map(({ useful }) => [useful]),
      ),
    ),
    again: publicCounts(
      countOf(
        again,
        answers.map((one) => [one.again]),
      ),
    ),
    // Several answers each: a count and its rest must both be five.
    changed:
      answers.length < few
        ? null
        : Object.entries(
            countOf(
              changes,
              answers.map(({ changed }) => changed as (typeof changes)[number][]),
            ),
          ).map(([code, value]) => ({ code, value: isTelling(value, answers.length) ? null : value })),
    by_service: linesOf(all, (one) => one.service).sort((a, b) => order(a) - order(b)),
    by_quarter: linesOf(answers, (one) => quarterOf(one.on_day)).sort((a, b) => b.key.localeCompare(a.key)),
  }
}
export type Results = Awaited<ReturnType<typeof results>>

const isTelling = (value: number, total: number) =>
  (value > 0 && value < few) || (total - value > 0 && total - value < few)

/** Those asked who have not answered, for whoever may ask them again. */
export async function surveysOpen(ctx: Ctx) {
  return ctx.actor.can(may.ask) ? openSurveys(ctx) : []
}

export async function resultsToExport(ctx: Ctx): Promise<List> {
  const { t } = ctx
  const { by_service, by_quarter } = await results(ctx, undefined)
  const rows = [
    ...by_service.map((line) => ({ ...line, name: t(`participation.service.${line.key as Service}`) })),
    ...by_quarter.map((line) => ({ ...line, name: line.key })),
  ]
  return listOf({
    name: 'participation.results',
    title: t('participation.results.title'),
    file: `questionari-${ctx.today}`,
    notes: [t('participation.results.few')],
    rows,
    columns: [
      { header: t('participation.results.group'), width: 3, cell: ({ name }) => name },
      { header: t('participation.results.answers'), kind: 'number', cell: ({ answers }) => answers },
      ...faces.map((face) => ({
        header: t(`participation.face.${face}`),
        kind: 'number' as const,
        cell: ({ useful }: ResultLine) => useful?.[face] ?? null,
      })),
    ],
  })
}

/** The faces of the questionnaire on the portal, in all and by Comune where there are enough. */
export async function questionnaireResults(ctx: Ctx) {
  allow(ctx.actor.can(may.see_results) || ctx.actor.can(may.read))
  const given = await questionnairesSince(ctx, '2000-01-01', ctx.today)
  const places = publicCounts(countBy(given, ({ comune }) => comune ?? ''))
  return {
    total: given.length < few ? null : given.length,
    questions: questions.map((question) => ({
      question,
      counts: publicCounts(
        countOf(
          faces,
          given.map((one) => [one[question] as Face]),
        ),
      ),
    })),
    hardest: Object.entries(
      countOf(
        topics,
        given.map(({ hardest }) => hardest as (typeof topics)[number][]),
      ),
    )
      .map(([topic, value]) => ({ topic, value: isTelling(value, given.length) ? null : value }))
      .sort((a, b) => (b.value ?? 0) - (a.value ?? 0)),
    places: Object.entries(places ?? {}).map(([comune, value]) => ({ comune, value })),
  }
}
export type QuestionnaireResults = Awaited<ReturnType<typeof questionnaireResults>>

const countBy = <Row>(rows: readonly Row[], keyOf: (row: Row) => string) =>
  Object.fromEntries([...Map.groupBy(rows, keyOf)].map(([key, of]) => [key, of.length]))
