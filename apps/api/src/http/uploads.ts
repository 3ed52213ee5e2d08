import { Refused } from '@sendocki/domain/result'
import type { FastifyInstance } from 'fastify'

/** A route whose body is a file as it is: of which types, and how large. */
export interface Upload {
  readonly types: readonly string[]
  readonly bytes: number
}

declare module 'fastify' {
  interface FastifyContextConfig {
    upload?: Upload
  }
}

/** Lets the routes of a scope take files as their bytes; what they are is told by their content, never by their name. */
export const takeUploads = (scope: FastifyInstance, { types, bytes }: Upload): void => {
  scope.addContentTypeParser([...types], { parseAs: 'buffer', bodyLimit: bytes }, (_req, body, done) =>
    done(null, body),
  )
}

/** The bytes of an upload. */
export const uploadedFile = (body: unknown): Buffer => {
  if (!Buffer.isBuffer(body) || body.length === 0) throw new Refused('file.unreadable', { why: 'empty' })
  return body
}
