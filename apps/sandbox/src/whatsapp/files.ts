import { createHash } from 'node:crypto'
import type { FastifyInstance, FastifyReply } from 'fastify'
import { nextId, type World } from '../world.ts'
import { refuse } from './answers.ts'
import { samples } from './samples.ts'
import type { PlayedFile } from './state.ts'

export const fileKinds = ['image', 'audio', 'video', 'document', 'sticker'] as const
export type FileKind = (typeof fileKinds)[number]

/** Of which types and how large Meta takes what a message carries. Source: Meta's Cloud API, supported media types. */
const taken: Readonly<Record<FileKind, { readonly types: RegExp; readonly bytes: number }>> = {
  image: { types: /^image\/(jpeg|png)$/, bytes: 5_242_880 },
  audio: { types: /^audio\/(aac|amr|mpeg|mp4|ogg)/, bytes: 16_777_216 },
  video: { types: /^video\/(mp4|3gpp)$/, bytes: 16_777_216 },
  document: { types: /^(text\/plain|application\/.+)$/, bytes: 104_857_600 },
  sticker: { types: /^image\/webp$/, bytes: 512_000 },
}

const bytesOf = ({ base64 }: PlayedFile): Buffer => Buffer.from(base64, 'base64')

/** Keeps a file at Meta, as an upload or a buyer's phone leaves it there. */
export const keepFile = (world: World, file: Omit<PlayedFile, 'id'>): PlayedFile => {
  const kept = { ...file, id: String(nextId(world)) }
  world.state.whatsapp.files.set(kept.id, kept)
  return kept
}

/** What a file of a message is wrong with; null when Meta would send it. */
export const fileFault = (world: World, type: string, content: unknown): number | null => {
  const kind = fileKinds.find((one) => one === type)
  if (!kind) return 131_051
  const { id } = (content ?? {}) as { id?: unknown }
  const file = typeof id === 'string' ? world.state.whatsapp.files.get(id) : undefined
  if (!file) return 131_009
  return taken[kind].types.test(file.type) && bytesOf(file).length <= taken[kind].bytes ? null : 131_053
}

export interface SentFile {
  readonly kind: FileKind
  readonly type?: string
  readonly base64?: string
  readonly fileName?: string
  readonly caption?: string
  readonly expired?: boolean
  /** Bytes that Meta says it has, whatever it has. */
  readonly claims?: number
  /** An address that Meta names instead of its own. */
  readonly elsewhere?: string
}

/** A buyer's message with a file, in Meta's own form; null when there is no file of that kind to send. */
export const fileMessage = (world: World, sent: SentFile): Readonly<Record<string, unknown>> | null => {
  const sample = samples[sent.kind]?.()
  const base64 = sent.base64 ?? sample?.bytes.toString('base64')
  const type = sent.type ?? sample?.type
  if (base64 === undefined || type === undefined) return null
  const { kind, fileName = null, caption, expired = false, claims = null, elsewhere = null } = sent
  const file = keepFile(world, { type, base64, fileName, isExpired: expired, claims, elsewhere })
  const content = {
    id: file.id,
    mime_type: type,
    sha256: createHash('sha256').update(bytesOf(file)).digest('base64'),
    ...(caption ? { caption } : {}),
    ...(fileName === null ? {} : { filename: fileName }),
    ...(kind === 'audio' ? { voice: true } : {}),
  }
  return { type: kind, [kind]: content }
}

/** What the graph says of a file: an address to fetch it from, with the token. */
export const aboutFile = (file: PlayedFile, host: string, reply: FastifyReply) => {
  if (file.isExpired) return refuse(reply, 100)
  const bytes = bytesOf(file)
  return {
    id: file.id,
    messaging_product: 'whatsapp',
    url: file.elsewhere ?? `http://${host}/whatsapp/files/${file.id}`,
    mime_type: file.type,
    sha256: createHash('sha256').update(bytes).digest('hex'),
    file_size: file.claims ?? bytes.length,
  }
}

/** Uploads, and the bytes behind the addresses that the graph names. */
export const fileRoutes = (app: FastifyInstance, world: World): void => {
  app.addContentTypeParser(
    'multipart/form-data',
    { parseAs: 'buffer', bodyLimit: 110_000_000 },
    (request, body, done) => {
      const type = request.headers['content-type'] ?? ''
      new Response(new Uint8Array(body as Buffer), { headers: { 'content-type': type } }).formData().then(
        (form) => done(null, form),
        (error: Error) => done(error),
      )
    },
  )
  app.post<{ Params: { id: string }; Body: FormData }>('/:id/media', async ({ params, body }, reply) => {
    if (!world.state.whatsapp.numbers.has(params.id)) return refuse(reply, 100)
    const file = body.get('file')
    const type = body.get('type')
    if (!(file instanceof File) || typeof type !== 'string') return refuse(reply, 100, 'file and type are required')
    const isTaken = Object.values(taken).some(({ types }) => types.test(type))
    if (!isTaken) return refuse(reply, 131_053, 'Media upload error')
    const base64 = Buffer.from(await file.arrayBuffer()).toString('base64')
    const { id } = keepFile(world, {
      type,
      base64,
      fileName: file.name,
      isExpired: false,
      claims: null,
      elsewhere: null,
    })
    return { id }
  })
  uploadRoutes(app, world)
  app.get<{ Params: { id: string } }>('/files/:id', ({ params }, reply) => {
    const file = world.state.whatsapp.files.get(params.id)
    if (!file || file.isExpired) return reply.code(404).send({})
    return reply.type(file.type).send(bytesOf(file))
  })
}

/** Types of which Meta takes what its reviewers are shown. */
const sampleTypes = /^(application\/pdf|image\/(jpeg|jpg|png)|video\/mp4)$/
const sessionOf = (about: { readonly type: string; readonly length: number }): string =>
  `upload:${Buffer.from(JSON.stringify(about)).toString('base64url')}`

/** Uploads in two steps, which end in the handle that a template names its sample by: the session says what is to come. */
const uploadRoutes = (app: FastifyInstance, world: World): void => {
  app.addContentTypeParser(
    'application/octet-stream',
    { parseAs: 'buffer', bodyLimit: 110_000_000 },
    (_request, body, done) => done(null, body),
  )
  app.post<{ Querystring: Readonly<Record<string, string>> }>('/app/uploads', ({ query }, reply) => {
    const length = Number(query.file_length)
    const type = query.file_type ?? ''
    if (!(length > 0) || !sampleTypes.test(type)) return refuse(reply, 100, 'file_length and file_type are required')
    return { id: sessionOf({ type, length }) }
  })
  app.post<{ Params: { id: string }; Body: Buffer }>('/:id', ({ params, body, headers }, reply) => {
    const [, session] = /^upload:([\w-]+)$/.exec(params.id) ?? []
    if (session === undefined || !Buffer.isBuffer(body)) return refuse(reply, 100)
    const about = JSON.parse(Buffer.from(session, 'base64url').toString()) as { type: string; length: number }
    if (headers.file_offset !== '0' || body.length !== about.length)
      return refuse(reply, 100, 'The upload is not whole')
    const handle = `4:${nextId(world)}`
    world.state.whatsapp.files.set(handle, {
      ...{ id: handle, type: about.type, base64: body.toString('base64'), fileName: null },
      ...{ isExpired: false, claims: null, elsewhere: null },
    })
    return { h: handle }
  })
}
