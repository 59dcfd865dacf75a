/** What goes wrong around a table, through the front door. */
import { expect, test } from 'vitest'
import { openTestHouse } from '../../test/kit/house.ts'
import { tavolo } from './urls.ts'

const house = await openTestHouse()
const office = await house.as('progetto@demo.example')

test('smoke', async () => {
  expect(await office.page(tavolo.home.href())).toContain('Incontro')
  const home = await office.page(tavolo.home.href())
  const ids = [...home.matchAll(/incontri\/([0-9a-f-]{36})/g)].map(([, id]) => id as string)
  for (const id of ids.slice(0, 4)) {
    await office.page(tavolo.meeting.href({ meeting: id }))
    await office.page(tavolo.attendance.href({ meeting: id }))
    const minutes = await office.get(tavolo.minutesPaper.href({ meeting: id }))
    console.log(minutes.status)
    const word = await office.get(tavolo.minutesWord.href({ meeting: id }))
    console.log(word.status, (await word.arrayBuffer()).byteLength)
    const agenda = await office.get(tavolo.agendaPaper.href({ meeting: id }))
    console.log(agenda.status, agenda.status===200 ? '' : await agenda.text())
  }
  for (const url of [tavolo.create, tavolo.series, tavolo.decisions, tavolo.tasks, tavolo.members, tavolo.network]) await office.page(url.href())
  console.log((await house.visitor().page('/ar/tavolo')).length)
})
