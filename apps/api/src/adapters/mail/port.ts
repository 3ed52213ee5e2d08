export interface Mail {
  readonly to: string
  readonly subject: string
  readonly text: string
  readonly html: string
}

export interface MailPort {
  /** Resolves once the server has accepted the mail; throws otherwise. */
  send(mail: Mail): Promise<void>
}
