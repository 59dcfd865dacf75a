import { parseArgs } from 'node:util'
import type { Command } from '../../kernel/module.ts'
import { addAccount, forgetSecondFactor, newLink } from '../actions/accounts.ts'
import { everyRole, type Role } from '../rules/roles.ts'
import { findAccountByEmail, giveRegion } from '../store.ts'

export const addCommand: Command = {
  name: 'account add',
  usage: '--email ADDRESS --name NAME --roles ROLE[,ROLE…]',
  help: `Lets somebody in: prints a link, good for 48 hours, with which they choose their password.
For an account that is already there it adds the roles and prints a new link.

  --email ADDRESS         what they sign in with
  --name NAME             the name colleagues see
  --roles ROLE[,ROLE…]    ${everyRole.join(', ')}
  --lang it|en            language of their screens (it)
  --forget-second-factor  their code app is lost: they set up a new one at the next sign-in
  --ambito SLUG           where, when there are several`,
  async run(argv, { inCtx, print, tell }) {
    const read = readArguments(argv)
    if (typeof read === 'string') {
      tell(`${read} See: account add --help`)
      return 2
    }
    const { email, name, lang, roles, forget } = read
    const link = await inCtx(async (ctx) => {
      const known = await findAccountByEmail(ctx, email)
      const { id, link } = await addAccount(ctx, { email, name, lang, roles })
      if (roles.includes('region')) await giveRegion(ctx, id)
      if (known && forget) await forgetSecondFactor(ctx, id)
      return link ?? newLink(ctx, id)
    })
    print(link)
    tell(`Hand this link over to ${email}: it works once, for 48 hours. Lost or late? Run the same command again.`)
    return 0
  },
}

function readArguments(argv: string[]) {
  const text = { type: 'string' } as const
  let values: { email?: string; name?: string; roles?: string; lang?: string; 'forget-second-factor'?: boolean }
  try {
    values = parseArgs({
      args: argv,
      options: { email: text, name: text, roles: text, lang: text, 'forget-second-factor': { type: 'boolean' } },
    }).values
  } catch (error) {
    return (error as Error).message
  }
  const email = values.email?.trim().toLowerCase() ?? ''
  const name = values.name?.normalize('NFC').trim() ?? ''
  const asked = (values.roles ?? '')
    .split(',')
    .map((role) => role.trim())
    .filter(Boolean)
  const lang = values.lang ?? 'it'
  const unknown = asked.find((role) => !everyRole.includes(role as Role))
  if (!/^[^@\s,;<>"]+@[^@\s,;<>"]+\.[^@\s,;<>"]+$/.test(email))
    return 'An e-mail address is needed: --email nome@esempio.it.'
  if (!name) return 'A name is needed: --name "Nome Cognome".'
  if (asked.length === 0) return `A role is needed: --roles admin. The roles are ${everyRole.join(', ')}.`
  if (unknown) return `There is no role '${unknown}'. The roles are ${everyRole.join(', ')}.`
  if (lang !== 'it' && lang !== 'en') return `Screens are in it or en, not in '${lang}'.`
  return { email, name, lang, roles: asked as Role[], forget: values['forget-second-factor'] === true }
}
