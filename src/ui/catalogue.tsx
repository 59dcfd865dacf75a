/** Every part in every state, with content as long as real content: to look at, and for the tests of `ui/`. */
import { z } from 'zod'
import {
  blankForm,
  choice,
  day,
  email,
  type Form,
  id,
  longText,
  phone,
  several,
  text,
  tick,
  time,
  whole,
} from '../kernel/form.ts'
import { Actions } from './actions.tsx'
import { Bar } from './bar.tsx'
import { ButtonForm } from './button-form.tsx'
import { Callout } from './callout.tsx'
import { Chip } from './chip.tsx'
import { Choice, Choices, Select, Tick } from './choice.tsx'
import { Combo } from './combo.tsx'
import { Details } from './details.tsx'
import { EmptyState } from './empty-state.tsx'
import { Facts } from './facts.tsx'
import { Field } from './field.tsx'
import { asFilters, Filters } from './filters.tsx'
import { FormCard, Hidden } from './form-card.tsx'
import { Link } from './link.tsx'
import { Live } from './live.tsx'
import { Name } from './name.tsx'
import { Page } from './page.tsx'
import { Pager } from './pager.tsx'
import { Progress } from './progress.tsx'
import { Steps } from './steps.tsx'
import { Table } from './table.tsx'
import { Tabs } from './tabs.tsx'
import { Tile, Tiles } from './tile.tsx'
import { Count, Day, Minutes, Moment, Money, Percent, Time } from './time.tsx'
import { Timeline } from './timeline.tsx'
import { Undo } from './undo.tsx'
import { Upload } from './upload.tsx'

const languagesSpoken = ['it', 'en', 'fr', 'ar', 'sq'] as const
export const exampleForm = z.object({
  given_name: text(80),
  family_name: text(80),
  born: day(),
  at: time(),
  minutes: whole(1, 600),
  phone: phone().optional(),
  email: email().optional(),
  password: text(),
  note: longText().optional(),
  outcome: choice(['solved', 'open', 'sent']),
  languages: several(choice(languagesSpoken)),
  comune: id().optional(),
  agreed: tick(),
  needs: several(id()),
})
type Example = Form<typeof exampleForm>

const blank: Example = {
  ...blankForm<typeof exampleForm>('0198c0de-0000-7000-8000-000000000001', { languages: ['ar'], needs: ['n3', 'n41'] }),
  once: '0198c0de-0000-7000-8000-00000000aaaa',
}
const refused: Example = {
  ...blank,
  values: { given_name: 'محمد <script>alert(1)</script>', born: '1990-13-40', outcome: '', agreed: '' },
  errors: {
    form: 'Questo orario è stato appena preso da un’altra persona.',
    given_name: 'Manca questa risposta.',
    born: 'Questa data non esiste. Scrivi giorno, mese e anno, per esempio 23/11/2026.',
    outcome: 'Scegli una delle risposte proposte.',
    needs: 'Scegli una delle risposte proposte.',
    comune: 'Scegli una delle risposte proposte.',
    agreed: 'Manca questa risposta.',
    note: 'Il testo è troppo lungo: al massimo 4000 caratteri.',
  },
}

const needs = Array.from({ length: 87 }, (_, at) => ({
  value: `n${at}`,
  code: `${String.fromCharCode(65 + (at % 8))}${String(at).padStart(2, '0')}`,
  text: [
    'Rinnovo del permesso di soggiorno',
    'SPID e identità digitale',
    'Iscrizione al servizio sanitario',
    'Ricongiungimento familiare',
    'Curriculum e ricerca del lavoro',
    'Iscrizione a scuola dei figli',
    'Casa e contratto d’affitto',
  ][at % 7] as string,
}))

type Row = {
  name: string
  original: string | null
  born: number
  minutes: number
  state: 'good' | 'wait' | 'bad'
  word: string
  at: string
}
const rows: Row[] = [
  {
    name: 'Mohamed EL SAYED ABDELRAHMAN',
    original: 'محمد السيد عبد الرحمن',
    born: 1990,
    minutes: 1235,
    state: 'good',
    word: 'conteggiabile',
    at: '2026-11-23T14:04:00Z',
  },
  {
    name: 'Fatima Zahra BENALI',
    original: 'فاطمة الزهراء بنعلي',
    born: 1992,
    minutes: 75,
    state: 'wait',
    word: 'da verificare',
    at: '2026-11-12T09:30:00Z',
  },
  {
    name: '<b>Wei</b> ZHANG',
    original: '张伟',
    born: 1987,
    minutes: 15,
    state: 'bad',
    word: 'manca: data di nascita',
    at: '2025-10-25T23:30:00Z',
  },
]

export function Catalogue() {
  return (
    <Page
      title="Catalogo delle parti"
      lead="Ogni parte, in ogni stato, con testi lunghi come quelli veri."
      updated="2026-11-20"
      description="Ogni parte in ogni stato"
      actions={
        <>
          <a class="btn btn-primary" href="/staff/nuovo" data-key="a" aria-keyshortcuts="a">
            Nuovo arrivo <kbd>A</kbd>
          </a>
          <a class="btn btn-outline-primary" href="/staff/esporta">
            Esporta
          </a>
        </>
      }
    >
      <Words />
      <Notes />
      <Navigation />
      <Lists />
      <Figures />
      <h2>Modulo</h2>
      <AllFields form={blank} />
    </Page>
  )
}

/** A page of its own: its ids would meet those of the blank form. */
export function RefusedPage() {
  return (
    <Page title="Modulo respinto" heading={<Name latin="Amina RAHMANI" original="أمينة رحماني" lang="ar" />}>
      <AllFields form={refused} />
    </Page>
  )
}

function Words() {
  return (
    <>
      <h2>Parole, giorni, numeri</h2>
      <p>
        <Chip state="good">conteggiabile</Chip> <Chip state="wait">da verificare</Chip>{' '}
        <Chip state="bad" href="/staff/persone/1#nascita">
          manca: data di nascita
        </Chip>{' '}
        <Chip state="info">in corso</Chip> <Chip state="none">non iniziato</Chip>
      </p>
      <Facts
        of={[
          ['Nome', <Name latin="Mohamed EL SAYED" original="محمد السيد" lang="ar" />],
          ['Solo nella sua scrittura', <Name latin="" original="أمينة" lang="ar" />],
          ['Giorno', <Day on="2026-11-23" />],
          ['Giorno breve, altro anno', <Day on="2027-06-07" as="short" />],
          ['Giorno in cifre', <Day on="1990-01-02" as="numeric" />],
          ['Momento', <Moment at="2026-11-23 14:04:00+00" />],
          [
            'Ora',
            <>
              <Time at="15:00" /> – <Time at="2026-11-23T17:00:00Z" />
            </>,
          ],
          [
            'Quantità',
            <>
              <Count of={12345} /> · <Percent of={0.425} decimals={1} /> · <Minutes of={75} /> · <Minutes of={0} /> ·{' '}
              <Money cents={123456789} />
            </>,
          ],
          ['Sito', <Link href="https://www.example.org/a?b=c&d" />],
          ['Indirizzo che non è un sito', <Link href="data:text/html,<b>" />],
          ['Telefono', ''],
          false,
        ]}
      />
    </>
  )
}

function Notes() {
  return (
    <>
      <h2>Avvisi e azioni</h2>
      <Callout title="Da sapere prima di venire">
        <p>Porta il passaporto, il permesso di soggiorno (o la ricevuta) e la tessera sanitaria.</p>
      </Callout>
      <Callout state="wait">
        <p>Il permesso scade tra 20 giorni.</p>
      </Callout>
      <Callout state="bad" title="L’esportazione non è riuscita">
        <p>Riprovare tra qualche minuto.</p>
      </Callout>
      <Undo action="/staff/annulla" values={{ id: '1' }}>
        Fatima Zahra BENALI è stata chiamata.
      </Undo>
      <Actions>
        <ButtonForm action="/staff/chiama" kind="primary">
          Chiama il prossimo
        </ButtonForm>
        <ButtonForm action="/staff/sposta">Sposta in fondo</ButtonForm>
        <ButtonForm action="/staff/togli" kind="quiet">
          Togli
        </ButtonForm>
        <ButtonForm action="/staff/cancella" kind="danger" sure="Cancellare la scheda? Non si può tornare indietro.">
          Cancella la scheda
        </ButtonForm>
      </Actions>
      <Details summary="Chi può partecipare al corso">
        <p>Chi ha un permesso di soggiorno valido e abita in uno dei Comuni dell’Ambito.</p>
      </Details>
      <Details summary="Che cosa succede se manco a una lezione" open>
        <p>Avvisa la docente. Dopo tre assenze ti chiamiamo noi.</p>
      </Details>
      <p>
        <Link href="mailto:sportello@example.org">Scrivi allo sportello</Link>
      </p>
    </>
  )
}

function Navigation() {
  return (
    <>
      <h2>Muoversi</h2>
      <Steps of={['Chi sei', 'Di che cosa hai bisogno', 'Giorno e ora', 'Controlla']} at={3} />
      <Tabs
        of={[
          { text: 'Accessi', href: '/staff/a', here: true, count: 12 },
          { text: 'Corsi', href: '/staff/b', count: 1 },
          { text: 'Documenti', href: '/staff/c' },
        ]}
      />
      <Tiles>
        <Tile href="/it/servizi/documenti" pictogram="id">
          Documenti
        </Tile>
        <Tile href="/it/servizi/lavoro" pictogram="briefcase">
          Lavoro
        </Tile>
        <Tile href="/it/corsi" pictogram="language" more="12 corsi aperti">
          Italiano
        </Tile>
        <Tile href="/it/servizi/salute" pictogram="stethoscope">
          Salute
        </Tile>
        <Tile href="/it/servizi/scuola" pictogram="school">
          Scuola e figli
        </Tile>
        <Tile href="/it/servizi/casa" pictogram="home">
          Casa
        </Tile>
        <Tile href="/it/servizi/digitale" pictogram="device-mobile">
          Aiuto con telefono e computer
        </Tile>
        <Tile href="/it/servizi/diritti" pictogram="scale">
          Diritti e protezione
        </Tile>
      </Tiles>
    </>
  )
}

function Lists() {
  const filters = asFilters(new URLSearchParams('parola=rinnovo'), ['parola', 'stato'])
  return (
    <>
      <h2>Elenchi</h2>
      <Filters action="/staff/elenco" active>
        <Field form={filters} name="parola" label="Parola" kind="search" search />
        <Select
          form={filters}
          name="stato"
          label="Stato"
          none="Tutti"
          options={[{ value: 'good', text: 'conteggiabile' }]}
        />
      </Filters>
      <Table<Row>
        caption="Persone di questa settimana"
        rows={rows}
        empty=""
        sorting={{ by: 'minutes', down: true, href: (by, down) => `/staff/elenco?ordine=${by}${down ? '-' : ''}` }}
        foot={['Totale', '', <Minutes of={1325} />, '', '']}
        columns={[
          {
            header: 'Nome',
            names: true,
            cell: (row) => <Name latin={row.name} original={row.original} lang="ar" />,
            sort: 'name',
          },
          { header: 'Anno', align: 'end', cell: (row) => row.born },
          { header: 'Tempo', align: 'end', cell: (row) => <Minutes of={row.minutes} />, sort: 'minutes' },
          { header: 'Stato', cell: (row) => <Chip state={row.state}>{row.word}</Chip> },
          { header: 'Ultimo accesso', cell: (row) => <Moment at={row.at} as="short" /> },
        ]}
      />
      <Pager page={2} total={437} href={(page) => `/staff/elenco?pagina=${page}`} />
      <Table<Row>
        caption="Nessuno"
        rows={[]}
        columns={[]}
        empty="Qui compariranno le persone chiamate oggi. La prima si aggiunge con «Nuovo arrivo»."
      />
      <EmptyState
        pictogram="calendar-event"
        action={
          <a class="btn btn-outline-primary" href="/staff/eventi/nuovo">
            Crea il primo evento
          </a>
        }
      >
        Qui compariranno gli eventi dei prossimi giorni.
      </EmptyState>
      <Timeline
        of={[
          {
            when: <Day on="2026-11-03" />,
            what: 'Rinnovo del permesso di soggiorno',
            more: <Chip state="good">risolto</Chip>,
          },
          { when: <Day on="2026-10-12" />, what: 'SPID' },
          { when: <Day on="2025-09-01" />, what: 'Primo accesso' },
        ]}
      />
    </>
  )
}

function Figures() {
  return (
    <>
      <h2>Cifre e lavori lunghi</h2>
      <Bar
        label="Persone accolte allo sportello"
        target={420}
        done={263}
        expected={301}
        href="/staff/indicatori/1"
        says="Persone di Paesi terzi con almeno un accesso registrato."
      />
      <Bar label="Obiettivo superato" target={10} done={14} />
      <Bar label="Ancora nulla" target={120} done={0} expected={12} />
      <Progress doing="Importo del registro degli accessi" done={1240} total={3100} href="/staff/lavori/1" />
      <Live id="queue" href="/staff/coda" changes="/staff/coda/novita">
        <p>Coda: 4 persone</p>
      </Live>
    </>
  )
}

function AllFields({ form }: { form: Example }) {
  return (
    <FormCard
      form={form}
      submit={
        <>
          Salva e chiama il prossimo <kbd>Ctrl ↵</kbd>
        </>
      }
      second={{ name: 'then', value: 'stay', text: 'Salva' }}
      cancel={{ href: '/staff', text: 'Non salvare' }}
    >
      <Hidden name="visit" value={'"><script>'} />
      <Field
        form={form}
        name="given_name"
        label="Nome"
        hint="Come è scritto sul documento, anche in un’altra scrittura."
        autocomplete="off"
        max_length={80}
      />
      <Field form={form} name="family_name" label="Cognome" offered={['EL SAYED', 'BENALI']} />
      <Field form={form} name="born" kind="date" label="Data di nascita" />
      <Field form={form} name="at" kind="time" label="Ora" />
      <Field form={form} name="minutes" kind="number" label="Minuti" />
      <Field form={form} name="phone" kind="tel" label="Telefono" optional autocomplete="tel" />
      <Field form={form} name="email" kind="email" label="E-mail" optional autocomplete="email" />
      <Field form={form} name="password" kind="password" label="Password" autocomplete="current-password" />
      <Field form={form} name="note" kind="textarea" label="Appunti" hint="Solo quello che serve." optional />
      <Choice
        form={form}
        name="outcome"
        label="Esito"
        options={[
          { value: 'solved', text: 'Risolto' },
          { value: 'open', text: 'In corso', hint: 'Ci sarà un altro incontro.' },
          { value: 'sent', text: 'Inviato a un altro servizio' },
        ]}
      />
      <Choices
        form={form}
        name="languages"
        label="Lingue parlate"
        beside
        optional
        options={[
          { value: 'it', text: 'Italiano' },
          { value: 'ar', text: 'العربية', lang: 'ar' },
          { value: 'sq', text: 'Shqip', lang: 'sq' },
        ]}
      />
      <Select
        form={form}
        name="comune"
        label="Comune"
        options={[
          { value: 'c1', text: 'Lodi' },
          { value: 'c2', text: 'Casalpusterlengo' },
        ]}
      />
      <Combo form={form} name="needs" label="Richieste" hint="Tutte quelle di questo accesso." offers={needs} />
      <Upload
        form={form}
        name="paper"
        label="Documento"
        accept=".pdf,.jpg,.png"
        kinds="PDF, foto"
        megabytes={10}
        optional
      />
      <Tick
        form={form}
        name="agreed"
        label="Ha ricevuto l’informativa privacy"
        hint="Consegnata e spiegata nella sua lingua."
      />
    </FormCard>
  )
}
