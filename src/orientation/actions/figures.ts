/** The figures of the service in a period, and their way out of the house. */
import type { Ctx } from '../../kernel/ctx.ts'
import { allow } from '../../kernel/errors.ts'
import { type List, listOf } from '../../kernel/exports/exports.ts'
import type { TextKey } from '../../kernel/i18n.ts'
import { projectOf } from '../../programme/actions.ts'
import { employmentGroup, employmentGroups } from '../codes.ts'
import { may } from '../rules/may.ts'
import { resultMonths } from '../rules/results.ts'
import * as store from '../store/report.ts'

export type Period = { from: string; to: string }
const isDay = (text: string | null): text is string => /^\d{4}-\d\d-\d\d$/.test(text ?? '')

/** From the address; what is no day, or the wrong way round, is the project until today. */
export async function periodAsked(ctx: Ctx, query: URLSearchParams): Promise<Period> {
  const { starts_on } = await projectOf(ctx)
  const [from, to] = [query.get('dal'), query.get('al')]
  const asked = { from: isDay(from) ? from : starts_on, to: isDay(to) ? to : ctx.today }
  const exists = (day: string) => {
    try {
      return Temporal.PlainDate.from(day, { overflow: 'reject' }).toString() === day
    } catch {
      return false
    }
  }
  return exists(asked.from) && exists(asked.to) && asked.from <= asked.to ? asked : { from: starts_on, to: ctx.today }
}

export async function figuresOf(ctx: Ctx, period: Period) {
  allow(ctx.actor.can(may.see_figures))
  const results = await store.resultFigures(ctx, period)
  return {
    people: await store.peopleFigures(ctx, period),
    plans: await store.planFigures(ctx, period),
    sessions: await store.sessionFigures(ctx, period),
    steps: await store.stepFigures(ctx, period),
    milestones: await store.milestoneFigures(ctx, period),
    results: resultMonths.map((months) => ({
      months,
      groups: employmentGroups.map((group) => ({
        group,
        count: results
          .filter((one) => one.months === months && employmentGroup(one.employment) === group)
          .reduce((sum, { count }) => sum + count, 0),
      })),
    })),
  }
}
export type Figures = Awaited<ReturnType<typeof figuresOf>>

const day = (on: string) => on.split('-').toReversed().join('/')
export async function figuresToExport(ctx: Ctx, period: Period): Promise<List> {
  const { t } = ctx
  const { people, plans, sessions, steps, milestones, results } = await figuresOf(ctx, period)
  const hours = (minutes: number) => Math.round((minutes / 60) * 100) / 100
  const rows: [string, number][] = [
    [t('orientation.figures.people'), people.people],
    [t('orientation.figures.new'), people.new],
    [t('orientation.figures.alone'), people.alone],
    ...(['sent', 'opened', 'agreed', 'closed'] as const).map((what): [string, number] => [
      t(`orientation.figures.${what}`),
      plans[what],
    ]),
    ...sessions.flatMap(({ kind, sessions: count, minutes }): [string, number][] => [
      [t(`orientation.session.${kind}` as TextKey), count],
      [`${t(`orientation.session.${kind}` as TextKey)}: ${t('orientation.figures.hours')}`, hours(minutes)],
    ]),
    ...steps.map(({ kind, done }): [string, number] => [
      `${t('orientation.figures.steps')}: ${t(`orientation.step.${kind}` as TextKey)}`,
      done,
    ]),
    ...milestones.map(({ kind, what, count }): [string, number] => [
      `${t(`orientation.milestone.${kind}` as TextKey)}: ${t(`orientation.what.${what}` as TextKey)}`,
      count,
    ]),
    ...results.flatMap(({ months, groups }) =>
      groups.map(({ group, count }): [string, number] => [
        `${t('orientation.result.title', { months })}: ${t(`orientation.group.${group}` as TextKey)}`,
        count,
      ]),
    ),
  ]
  return listOf({
    name: 'orientation.figures',
    title: t('orientation.figures.title'),
    file: `equipe-self-${period.from}-${period.to}`,
    notes: [t('orientation.figures.period', { from: day(period.from), to: day(period.to) })],
    rows,
    columns: [
      { header: t('orientation.figures.what'), width: 4, cell: ([what]) => what },
      { header: t('orientation.figures.number'), kind: 'number', cell: ([, number]) => number },
    ],
  })
}
