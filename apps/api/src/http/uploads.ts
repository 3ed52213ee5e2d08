import { createHash } from 'node:crypto'
import multipart from '@fastify/multipart'
import { Refused } from '@sendocki/domain/result'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { TSchema } from 'typebox'
import type { FileUnderWay } from '../adapters/kept-files/port.ts'

/** A route whose body is a file as it is, or a form with one in it: of which types, and how large. */
export interface Upload {
  readonly types: readonly string[]
  readonly bytes: number
  /** What the parts of a form are. */
  readonly form?: TSchema
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

/** Lets the routes of a scope take forms with one file each, which is never in memory as a whole. */
export const takeForms = (
  scope: FastifyInstance,
  { bytes, textBytes }: { readonly bytes: number; readonly textBytes: number },
): void => {
  void scope.register(multipart, { limits: { files: 1, fields: 5, parts: 6, fileSize: bytes, fieldSize: textBytes } })
}

export interface TakenForm {
  readonly fields: Readonly<Record<string, string>>
  /** What the file was called by whoever sent it; null when none came. */
  readonly fileName: string | null
  /** Of what was written, in hexadecimal; the same for the same bytes. */
  readonly digest: string
}

/** Writes the file of a form, or the text that stands for one, to where it is to be kept, as it comes. */
export const takeForm = async (
  req: FastifyRequest,
  names: { readonly text: string; readonly others: readonly string[] },
  file: FileUnderWay,
): Promise<TakenForm> => {
  if (!req.isMultipart()) throw new Refused('request.unsupported_type')
  const hash = createHash('sha256')
  const fields: Record<string, string> = {}
  let fileName: string | null = null
  let written = 0
  const write = async (piece: Buffer): Promise<void> => {
    hash.update(piece)
    written += piece.length
    await file.write(piece)
  }
  try {
    for await (const part of req.parts()) {
      const { fieldname } = part
      const known = part.type === 'file' ? ['file'] : [names.text, ...names.others]
      if (!known.includes(fieldname)) throw unknownField(fieldname)
      if (part.type === 'field') {
        if (part.valueTruncated) throw new Refused('request.too_large')
        fields[fieldname] = String(part.value)
      } else {
        fileName = part.filename
        for await (const piece of part.file) await write(piece as Buffer)
      }
    }
  } catch (error) {
    throw error instanceof Refused ? error : refusalOf(error)
  }
  const text = fields[names.text]
  if (fileName === null && text !== undefined) await write(Buffer.from(text))
  if (written === 0) throw new Refused('file.unreadable', { why: 'empty' })
  return { fields, fileName, digest: hash.digest('hex') }
}

const unknownField = (name: string): Refused =>
  new Refused('request.invalid', undefined, [{ path: name.slice(0, 200), code: 'unknown' }])

/** A form that is too large or broken is its sender's fault; anything else is ours. */
const refusalOf = (error: unknown): unknown => {
  const { code, statusCode } = error as { code?: string; statusCode?: number }
  if (statusCode === 413) return new Refused('request.too_large')
  const broken = code?.startsWith('FST_') === true || /multipart|boundary|Unexpected end|Malformed/i.test(String(error))
  return broken ? new Refused('request.invalid') : error
}
