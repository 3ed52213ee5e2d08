import { createCipheriv, createDecipheriv, createHash, createHmac, randomBytes, scryptSync } from 'node:crypto'
import { createReadStream, createWriteStream } from 'node:fs'
import { access, open, rename, rm } from 'node:fs/promises'
import { pipeline } from 'node:stream/promises'
import { createGunzip, createGzip } from 'node:zlib'
import { BadSetting } from '../../config.ts'
import { sameBytes } from '../../secrets.ts'
import { type Frame, frameBytes, framesIn } from './frames.ts'

/*
 * A backup is one file: a line that says what it is; the frames, compressed and, with a passphrase, encrypted
 * (AES-256-CTR under a key of this file's own); and an HMAC-SHA256 over all of it, which finds a file that was cut or
 * changed before anything is done with it. Without a passphrase the HMAC's key is known to all: a checksum.
 */

const macBytes = 32
const headBytesMax = 1_024
/** 64 MiB and some tenths of a second for each guess. */
const scryptCost = { N: 2 ** 16, r: 8, p: 1, maxmem: 128 * 1024 * 1024 }
const noPassphrase = createHash('sha256').update('sendocki backup').digest()

interface Head {
  readonly sendocki: 'backup'
  readonly format: 1
  /** Null for a file that is not encrypted. */
  readonly salt: string | null
  /** Tells a wrong passphrase from a damaged file. */
  readonly check: string
}

interface Keys {
  readonly cipher: Buffer | null
  readonly mac: Buffer
}

const keysOf = (passphrase: string | null, salt: Buffer | null): Keys => {
  if (passphrase === null || salt === null) return { cipher: null, mac: noPassphrase }
  const both = scryptSync(passphrase, salt, 64, scryptCost)
  return { cipher: both.subarray(0, 32), mac: both.subarray(32) }
}

const checkOf = ({ mac }: Keys): string => createHmac('sha256', mac).update('check').digest('base64url').slice(0, 16)

/** The key is of this file alone, so that the counter may begin at nought. */
const counter = Buffer.alloc(16)

/** Writes the file under another name first: what bears the name is whole. Readable by its owner only. */
export const writeBackup = async (
  path: string,
  passphrase: string | null,
  frames: AsyncIterable<Frame>,
): Promise<number> => {
  if (await exists(path)) throw new BadSetting(`${path} is there already: a backup never replaces another file.`)
  const salt = passphrase === null ? null : randomBytes(16)
  const keys = keysOf(passphrase, salt)
  const head: Head = { sendocki: 'backup', format: 1, salt: salt?.toString('base64url') ?? null, check: checkOf(keys) }
  const draft = `${path}.part`
  const out = createWriteStream(draft, { flags: 'wx', mode: 0o600, flush: true })
  let size = 0
  const sealed = async function* (chunks: AsyncIterable<Buffer>) {
    const mac = createHmac('sha256', keys.mac)
    for await (const chunk of withHead(head, chunks)) {
      size += chunk.length
      mac.update(chunk)
      yield chunk
    }
    yield mac.digest()
  }
  const packed = async function* () {
    for await (const frame of frames) yield frameBytes(frame)
  }
  try {
    if (keys.cipher)
      await pipeline(packed, createGzip(), createCipheriv('aes-256-ctr', keys.cipher, counter), sealed, out)
    else await pipeline(packed, createGzip(), sealed, out)
    await rename(draft, path)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST')
      throw new BadSetting(`${draft} is there: another backup is being written, or one was stopped. Remove it first.`)
    await rm(draft, { force: true })
    throw writeFault(path, error)
  }
  return size + macBytes
}

async function* withHead(head: Head, chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  yield Buffer.from(`${JSON.stringify(head)}\n`)
  yield* chunks
}

const writeFault = (path: string, error: unknown): unknown => {
  const { code = '' } = error as NodeJS.ErrnoException
  const why: Readonly<Record<string, string>> = {
    ENOENT: 'its folder does not exist',
    EACCES: 'this user may not write there',
    ENOSPC: 'the disk is full',
    EROFS: 'the disk is read-only',
  }
  return why[code] ? new BadSetting(`${path} could not be written: ${why[code]}.`) : error
}

/** A file that was found to be whole: its frames can be read, any number of times. */
export interface BackupFile {
  frames(): AsyncGenerator<Frame>
}

/** Reads the whole file once, and refuses one that is no backup, was cut or changed, or needs another passphrase. */
export const openBackup = async (path: string, passphrase: string | null): Promise<BackupFile> => {
  const { head, begin, end } = await readHead(path)
  if (head.salt !== null && passphrase === null)
    throw new BadSetting(`${path} is encrypted: set BACKUP_PASSPHRASE to the passphrase with which it was made.`)
  const keys = keysOf(passphrase, head.salt === null ? null : Buffer.from(head.salt, 'base64url'))
  if (checkOf(keys) !== head.check) throw new BadSetting(`BACKUP_PASSPHRASE is not the one of ${path}.`)
  const mac = createHmac('sha256', keys.mac)
  let tail = Buffer.alloc(0)
  for await (const chunk of createReadStream(path, { end: end - 1 })) mac.update(chunk as Buffer)
  for await (const chunk of createReadStream(path, { start: end })) tail = Buffer.concat([tail, chunk as Buffer])
  if (!sameBytes(mac.digest(), tail)) throw new BadSetting(`${path} is damaged or was cut: nothing was restored.`)
  return {
    async *frames() {
      const raw = createReadStream(path, { start: begin, end: end - 1 })
      const plain = keys.cipher ? raw.pipe(createDecipheriv('aes-256-ctr', keys.cipher, counter)) : raw
      yield* framesIn(plain.pipe(createGunzip()))
    },
  }
}

const readHead = async (path: string): Promise<{ head: Head; begin: number; end: number }> => {
  const file = await open(path).catch(() => {
    throw new BadSetting(`${path} cannot be read: is it there?`)
  })
  try {
    const { size } = await file.stat()
    const { buffer, bytesRead } = await file.read(Buffer.alloc(headBytesMax), 0, headBytesMax, 0)
    const line = buffer.subarray(0, bytesRead).indexOf('\n')
    const head = parsed(buffer.subarray(0, Math.max(line, 0)).toString())
    if (!head) throw new BadSetting(`${path} is not a backup of Sendocki.`)
    if (head.format !== 1) throw new BadSetting(`${path} was made by a newer version: restore it with that one.`)
    const [begin, end] = [line + 1, size - macBytes]
    if (end <= begin) throw new BadSetting(`${path} is damaged or was cut: nothing was restored.`)
    return { head, begin, end }
  } finally {
    await file.close()
  }
}

const parsed = (line: string): Head | undefined => {
  try {
    const head = JSON.parse(line) as Head
    return head.sendocki === 'backup' ? head : undefined
  } catch {
    return undefined
  }
}

const exists = (path: string): Promise<boolean> =>
  access(path).then(
    () => true,
    () => false,
  )
