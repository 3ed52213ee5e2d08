export interface Mail {
  /** Names the mail for good: sent twice, it carries the same Message-ID. */
  readonly id: string
  readonly to: string
  readonly subject: string
  readonly text: string
  readonly html: string
}

/** The server will never take this mail: the address does not exist, or is not served. */
export class MailRefused extends Error {}

export interface MailPort {
  /** Resolves once the server has accepted the mail. Throws `MailRefused` when trying again cannot help. */
  send(mail: Mail): Promise<void>
}
