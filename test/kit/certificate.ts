/** Certificates made for a test, by an authority nobody knows until the test says so. */
import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { getCACertificates, setDefaultCACertificates } from 'node:tls'
import { afterAll } from 'vitest'

export type Certificate = { key: string; cert: string }

export function openAuthority() {
  const folder = mkdtempSync(join(tmpdir(), 'labimpact-certificates-'))
  const known = getCACertificates('default')
  afterAll(() => {
    rmSync(folder, { recursive: true })
    setDefaultCACertificates(known)
  })
  const made = (name: string, more: string[]): Certificate => {
    const [key, cert] = [join(folder, `${name}.key`), join(folder, `${name}.pem`)]
    const kind = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-days', '2']
    const files = ['-keyout', key, '-out', cert, '-subj', `/CN=${name}`]
    execFileSync('openssl', ['req', '-x509', ...kind, ...files, ...more], { stdio: 'ignore' })
    return { key: readFileSync(key, 'utf8'), cert: readFileSync(cert, 'utf8') }
  }
  const authority = made('authority', [])
  return {
    /** `DNS:localhost,IP:127.0.0.2` */
    certify: (name: string, for_whom: string) =>
      made(name, [
        ...['-CA', join(folder, 'authority.pem'), '-CAkey', join(folder, 'authority.key')],
        ...['-addext', `subjectAltName=${for_whom}`, '-addext', 'basicConstraints=critical,CA:FALSE'],
      ]),
    /** From here on this process believes what it signs. */
    trust: () => setDefaultCACertificates([...known, authority.cert]),
    distrust: () => setDefaultCACertificates(known),
  }
}
