import { createTransport } from 'nodemailer'
import type { Config } from '../../config.ts'
import type { MailPort } from './port.ts'

/** Sends through the SMTP server of the settings; nodemailer gets structured fields only, never a header of ours. */
export const createMailPort = (config: Pick<Config, 'smtpUrl' | 'mailFrom'>): MailPort => {
  const transport = createTransport(config.smtpUrl, {
    from: config.mailFrom,
    disableFileAccess: true,
    disableUrlAccess: true,
  } as object)
  return {
    send: async ({ to, subject, text, html }) => {
      await transport.sendMail({ to: { name: '', address: to }, subject, text, html })
    },
  }
}
