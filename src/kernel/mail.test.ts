import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { simpleParser } from 'mailparser'
import { afterAll, beforeEach, describe, expect, test } from 'vitest'
import { openTestHouse } from '../../test/kit/house.ts'
import { openPostOffice } from '../../test/kit/post-office.ts'
import { type Mail, sendMail, singleAddress } from './mail.ts'
import { deliverMail } from './mail-delivery.ts'

const office = await openPostOffice()
const town = await openTestHouse({ env: { SMTP_URL: office.url, MAIL_FROM: 'ambito@lodi.example' } })
const { owner_pool } = town.house
afterAll(() => office.close())
const waitAtMost = (ms: number) =>
  Object.assign(town.house.config, { smtp_url: office.url.replace(/timeout=\d+/, `timeout=${ms}`) })
beforeEach(async () => {
  waitAtMost(60_000)
  office.taken.length = 0
  office.tell({})
  await owner_pool.query('delete from kernel.mail; delete from graphile_worker._private_jobs')
})

const letter: Mail = {
  to: 'amina@esempio.it',
  kind: 'test.letter',
  subject: 'Appuntamento',
  text: 'Martedì alle 15:00.',
}
const send = (mail: Partial<Mail> = {}) => town.inCtx((ctx) => sendMail(ctx, { ...letter, ...mail }))
const state = async () =>
  (
    await owner_pool.query(
      'select attempts, sent_at is not null as sent, failed_at is not null as given_up, failure, message is null as emptied, claimed_at is not null as claimed from kernel.mail',
    )
  ).rows
const goOn = async () => {
  await owner_pool.query('update graphile_worker._private_jobs set run_at = now()')
  await town.settle()
}
const jobs = async () => (await owner_pool.query('select task_identifier, last_error from graphile_worker.jobs')).rows

describe('a mail', () => {
  test('goes to its one address, from ours, in the words it was given, and its text is forgotten', async () => {
    const id = await send({
      subject: 'Il tuo posto è libero: Ω',
      html: '<p>Martedì</p>',
      headers: {
        'List-Unsubscribe': '<https://lodi.example/it/newsletter>',
        'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
      },
      attachments: [{ name: 'invito.ics', type: 'text/calendar', body: 'BEGIN:VCALENDAR' }],
    })
    const [mail, ...others] = office.taken
    expect(others).toEqual([])
    expect(mail).toMatchObject({ from: 'ambito@lodi.example', to: ['amina@esempio.it'] })
    expect(mail?.mail).toMatchObject({
      subject: 'Il tuo posto è libero: Ω',
      text: 'Martedì alle 15:00.',
      messageId: `<${id}@localhost>`,
      attachments: [{ filename: 'invito.ics' }],
    })
    expect(mail?.raw).toMatch(/^List-Unsubscribe: <https:\/\/lodi\.example\/it\/newsletter>$/m)
    expect(mail?.raw).toMatch(/^Auto-Submitted: auto-generated$/m)
    expect(await state()).toEqual([
      { attempts: 1, sent: true, given_up: false, failure: null, emptied: true, claimed: true },
    ])
    expect(await jobs()).toEqual([])
  })

  test('whose transaction is rolled back is never sent', async () => {
    await expect(
      town.inCtx(async (ctx) => {
        await sendMail(ctx, letter)
        throw new Error('changed my mind')
      }),
    ).rejects.toThrow()
    await town.settle()
    expect([office.taken, await state()]).toEqual([[], []])
  })

  test('keeps the Message-ID it was given, or its own, through every attempt', async () => {
    office.tell({ text: [451] })
    await send({ message_id: '<evento-7@lodi.example>' })
    await goOn()
    expect(office.taken.map(({ mail }) => mail.messageId)).toEqual(['<evento-7@lodi.example>'])
  })
})

describe('a server that', () => {
  test.each([
    ['greeting', 421],
    ['sender', 421],
    ['recipient', 450],
    ['text', 451],
  ] as const)('says %s %i gets it later, once', async (step, code) => {
    office.tell({ [step]: [code, code] })
    await send()
    expect([office.taken.length, await state()]).toMatchObject([
      0,
      [{ attempts: 1, sent: false, given_up: false, claimed: false, emptied: false }],
    ])
    expect(await jobs()).toEqual([
      { task_identifier: 'kernel.send_mail', last_error: expect.stringContaining(String(code)) },
    ])
    await goOn()
    await goOn()
    expect([office.taken.length, await state(), await jobs()]).toMatchObject([
      1,
      [{ attempts: 3, sent: true, emptied: true }],
      [],
    ])
  })

  test.each([
    ['sender', 550],
    ['recipient', 550],
    ['text', 554],
  ] as const)('says %s %i is not asked again, and the reason stands', async (step, code) => {
    office.tell({ [step]: [code] })
    await send()
    expect([office.taken.length, await state(), await jobs()]).toMatchObject([
      0,
      [{ attempts: 1, sent: false, given_up: true, failure: expect.stringMatching(`^${code} `) }],
      [],
    ])
  })

  test('refuses us all with 554 at the door is tried again: that is not about this recipient', async () => {
    office.tell({ greeting: [554] })
    await send()
    expect(await state()).toMatchObject([{ given_up: false }])
    await goOn()
    expect(office.taken).toHaveLength(1)
  })

  test.each(['hang', 'drop'] as const)(
    'takes the text and then %ss leaves a doubt: it is not sent a second time',
    async (end) => {
      waitAtMost(2000)
      office.tell({ text: [end] })
      await send()
      await goOn()
      expect([office.taken.length, await state(), await jobs()]).toMatchObject([
        1,
        [{ sent: false, given_up: true, failure: expect.stringMatching(/^in_doubt/) }],
        [],
      ])
    },
  )

  test('hangs before the text is tried again', async () => {
    waitAtMost(2000)
    office.tell({ recipient: ['hang'] })
    await send()
    expect(await state()).toMatchObject([{ given_up: false, claimed: false }])
    await goOn()
    expect(office.taken).toHaveLength(1)
  })

  test('is closed is tried again until it opens', async () => {
    const closed = await openPostOffice()
    await closed.close()
    const later = await openTestHouse({ beside: town.database, env: { SMTP_URL: closed.url } })
    await later.inCtx((ctx) => sendMail(ctx, letter))
    expect([await state(), await jobs()]).toMatchObject([
      [{ sent: false, given_up: false, failure: expect.stringContaining('ECONNREFUSED') }],
      [{}],
    ])
    const opened = await openPostOffice(closed.port)
    await owner_pool.query('update graphile_worker._private_jobs set run_at = now()')
    await later.settle()
    await opened.close()
    expect(opened.taken).toHaveLength(1)
  })

  test('never takes it is given up in the end', async () => {
    office.tell({ recipient: Array(9).fill(450) })
    await send()
    await owner_pool.query('update graphile_worker._private_jobs set attempts = 24')
    await goOn()
    expect([await state(), await jobs()]).toMatchObject([
      [{ given_up: true, failure: expect.stringContaining('450') }],
      [],
    ])
  })
})

describe('a restart', () => {
  const queued = () => town.inCtx((ctx) => sendMail(ctx, letter))
  const openIn = {
    config: town.house.config,
    open: <Result>(work: Parameters<typeof town.inCtx<Result>>[0]) => town.inCtx(work),
  }

  test('never sends again what was sent', async () => {
    const id = await queued()
    await deliverMail(openIn, id, false)
    await deliverMail(openIn, id, false)
    expect(office.taken).toHaveLength(1)
  })

  test('between the claim and its end does not send again, and says so', async () => {
    office.tell({ recipient: [450] })
    const id = await queued()
    await owner_pool.query(`update kernel.mail set claimed_at = now()`)
    await expect(deliverMail(openIn, id, false)).rejects.toThrow()
    await owner_pool.query(`update kernel.mail set claimed_at = now() - interval '11 minutes'`)
    await deliverMail(openIn, id, false)
    expect([office.taken.length, await state()]).toMatchObject([0, [{ given_up: true, failure: 'in_doubt' }]])
  })

  test('of three workers at once one sends, and holds no transaction while a slow server takes it', async () => {
    office.tell({ recipient: [450] })
    const id = await queued()
    const held = office.hold()
    const patient = { ...openIn, config: { ...openIn.config, smtp_url: office.url.replace(/\?.*/, '') } }
    let refused = 0
    const ends = Array.from({ length: 3 }, () => deliverMail(patient, id, false).catch(() => void refused++))
    await held.arrived
    await expect.poll(() => refused).toBe(2)
    const open = `select count(*)::int as open from pg_stat_activity where datname = current_database() and state like 'idle in transaction%'`
    expect((await owner_pool.query(open)).rows[0].open).toBe(0)
    held.letGo()
    await Promise.all(ends)
    expect([office.taken.length, await state()]).toMatchObject([1, [{ sent: true }]])
  })
})

test('without SMTP_URL every mail is a file', async () => {
  const quiet = await openTestHouse({ beside: town.database })
  const id = await quiet.inCtx((ctx) => sendMail(ctx, letter))
  const folder = join(quiet.house.config.data_dir, 'mail')
  expect(readdirSync(folder)).toEqual([`${id}.eml`])
  expect(await simpleParser(readFileSync(join(folder, `${id}.eml`)))).toMatchObject({
    subject: 'Appuntamento',
    to: { text: 'amina@esempio.it' },
  })
  expect(await state()).toMatchObject([{ sent: true, emptied: true }])
  expect(existsSync(join(folder, `${id}.eml.draft`))).toBe(false)
})

describe('exactly one address', () => {
  test.each([
    'a@x.it\r\nBcc: evil@x.it',
    'a@x.it, b@x.it',
    'a@x.it; b@x.it',
    'a@x.it b@x.it',
    'Gruppo: a@x.it, b@x.it;',
    'Anna <a@x.it>',
    '<a@x.it>',
    '"a b"@x.it',
    'a@x.it(comment)',
    'a@[127.0.0.1]',
    'a@127.0.0.1',
    'a@x',
    'a..b@x.it',
    '.a@x.it',
    'a@x..it',
    'a@-x.it',
    'a@x.it\0',
    'a@x.it\n',
    'à@x.it',
    'a@evil@x.it',
    '@x.it',
    'a@',
    '',
    `${'a'.repeat(65)}@x.it`,
    `a@${'x.'.repeat(130)}it`,
  ])('is not %j', async (to) => {
    expect(singleAddress(to)).toBeUndefined()
    await expect(send({ to })).rejects.toThrow('not exactly one address')
    expect(office.taken).toEqual([])
  })

  test.each([
    ["o'neil+lodi@mail.esempio.it", "o'neil+lodi@mail.esempio.it"],
    ['info@città.example', 'info@xn--citt-3na.example'],
    ['a@例え.jp', 'a@xn--r8jz45g.jp'],
  ])('is %s', async (to, sent_to) => {
    await send({ to })
    // As we give it to the server, which turns the domain back into letters.
    const { rows } = await owner_pool.query('select to_address from kernel.mail')
    expect([rows, office.taken.map((mail) => mail.to)]).toEqual([[{ to_address: sent_to }], [[to]]])
  })

  test('whatever is typed, the server sees the address that was checked and no other, and headers stay one line', async () => {
    const part = fc.constantFrom(
      'a',
      'b.c',
      '@',
      'x.it',
      ',',
      ';',
      ':',
      '<',
      '>',
      '"',
      '(',
      ')',
      '\r\n',
      '\n',
      ' ',
      '\\',
      'Bcc: e@x.it',
      'ü',
      '%',
      '\0',
      '[1.1.1.1]',
    )
    const typed = fc.array(part, { minLength: 1, maxLength: 6 }).map((parts) => parts.join(''))
    await fc.assert(
      fc.asyncProperty(typed, typed, async (to, subject) => {
        office.taken.length = 0
        const checked = singleAddress(to)
        await send({ to: checked ? to : 'a@x.it', subject, headers: { 'List-Id': subject } })
        const head = office.taken[0]?.raw.split('\r\n\r\n')[0] ?? ''
        expect(office.taken.map((mail) => mail.to)).toEqual([[checked ?? 'a@x.it']])
        expect(head).not.toMatch(/^(bcc|cc):/im)
      }),
      { numRuns: 25 },
    )
  })

  test('and no caller sets the headers that decide where it goes', async () => {
    for (const name of ['Bcc', 'To', 'From', 'Sender', 'Subject', 'Content-Type', 'X: y\r\nBcc'])
      await expect(send({ headers: { [name]: 'e@x.it' } }), name).rejects.toThrow('header')
  })
})
