import { randomUUID } from 'node:crypto'
import { setTimeout as delay } from 'node:timers/promises'
import { type ParsedMail, simpleParser } from 'mailparser'
import { SMTPServer, type SMTPServerDataStream, type SMTPServerSession } from 'smtp-server'
import { meetFault } from '../faults.ts'
import { remember, type World } from '../world.ts'

const most = 2_000
const largest = 10 * 1024 * 1024

/** A real SMTP server that keeps what it receives; it takes any sender, recipient, user name and password. */
export const createSmtp = (world: World): SMTPServer =>
  new SMTPServer({
    authOptional: true,
    // Without STARTTLS, so that nobody has to trust a certificate of this machine.
    disabledCommands: ['STARTTLS'],
    size: largest,
    closeTimeout: 50,
    onAuth: (auth, _session, callback) => callback(null, { user: auth.username ?? 'demo' }),
    onConnect: (_session, callback) => callback(refusal(world, ['outage'], 421)),
    onMailFrom: (_address, _session, callback) =>
      callback(refusal(world, ['http_429'], 450) ?? refusal(world, ['http_500'], 451)),
    onData: (stream, session, callback) =>
      void receive(world, stream, session).then((sentence) => callback(null, sentence), callback),
  })

const refusal = (world: World, kinds: Parameters<typeof meetFault>[2], code: number): Error | null => {
  const fault = meetFault(world.faults, 'mailbox', kinds)
  return fault ? Object.assign(new Error('Try again later'), { responseCode: code }) : null
}

const receive = async (world: World, stream: SMTPServerDataStream, session: SMTPServerSession): Promise<string> => {
  const mail = await simpleParser(stream)
  if (stream.sizeExceeded) throw Object.assign(new Error('The message is too large'), { responseCode: 552 })
  const silent = meetFault(world.faults, 'mailbox', ['timeout'])
  if (silent) {
    await pause(world, silent.seconds ?? 60)
    throw Object.assign(new Error('The message was not kept'), { responseCode: 421 })
  }
  const slow = meetFault(world.faults, 'mailbox', ['slow'])
  if (slow) await pause(world, slow.seconds ?? 5)
  keep(world, mail, session)
  if (meetFault(world.faults, 'mailbox', ['timeout_after_success']))
    throw Object.assign(new Error('The message was kept, and this answer says otherwise'), { responseCode: 421 })
  return 'OK: kept in the mailbox'
}

const keep = (world: World, mail: ParsedMail, { envelope }: SMTPServerSession): void => {
  world.changes++
  for (const { address } of envelope.rcptTo)
    remember(
      world.state.mails,
      {
        id: randomUUID(),
        to: address,
        from: mail.from?.text ?? (envelope.mailFrom ? envelope.mailFrom.address : ''),
        subject: mail.subject ?? '',
        text: mail.text ?? '',
        html: mail.html || null,
        receivedAt: world.now().toISOString(),
      },
      most,
    )
}

const pause = (world: World, seconds: number): Promise<void> =>
  delay(seconds * 1000, undefined, { signal: world.stopping.signal }).catch(() => undefined)
