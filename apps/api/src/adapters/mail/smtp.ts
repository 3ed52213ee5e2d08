import { createTransport } from 'nodemailer'
import type { Config } from '../../config.ts'
import { type MailPort, MailRefused } from './port.ts'

const waitMillis = 10_000

/** Sends through the SMTP server of the settings; nodemailer gets structured fields only, never a header of ours. */
export const createMailPort = (config: Pick<Config, 'smtpUrl' | 'mailFrom' | 'appUrl'>): MailPort => {
  const transport = createTransport(
    {
      url: config.smtpUrl,
      connectionTimeout: waitMillis,
      greetingTimeout: waitMillis,
      socketTimeout: waitMillis,
      disableFileAccess: true,
      disableUrlAccess: true,
    },
    { from: config.mailFrom },
  )
  const host = new URL(config.appUrl).hostname
  return {
    send: async ({ id, to, subject, text, html }) => {
      const mail = { messageId: `<${id}@${host}>`, to: { name: '', address: to }, subject, text, html }
      await transport.sendMail(mail).catch((error: Error & { responseCode?: number; command?: string }) => {
        // 550 to 554 about the recipient is final; a refused sign-in to the server is ours to mend, so it is tried again.
        const isFinal = (error.responseCode ?? 0) >= 550 && error.command === 'RCPT TO'
        throw isFinal ? new MailRefused(`The mail server refused the recipient (${error.responseCode}).`) : error
      })
    },
  }
}
