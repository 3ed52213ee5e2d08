/** A mail that the sandbox received, one per recipient. Times are ISO 8601 UTC. Source: api.md 3. */
export interface Mail {
  readonly id: string
  readonly to: string
  readonly from: string
  readonly subject: string
  readonly text: string
  readonly html: string | null
  readonly receivedAt: string
}
