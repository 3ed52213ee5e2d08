export interface FormParts {
  readonly kind: string
  readonly file?: { readonly name: string; readonly content: string | Buffer }
  readonly text?: string
}

/** The body of an upload as a browser sends it, with its headers. */
export const importForm = ({ kind, file, text }: FormParts): { body: Buffer; headers: Record<string, string> } => {
  const boundary = `----form${crypto.randomUUID()}`
  const field = (name: string, value: string): Buffer =>
    Buffer.from(`--${boundary}\r\ncontent-disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`)
  const parts = [field('kind', kind), ...(text === undefined ? [] : [field('text', text)])]
  if (file)
    parts.push(
      Buffer.from(
        `--${boundary}\r\ncontent-disposition: form-data; name="file"; filename="${file.name}"\r\ncontent-type: application/octet-stream\r\n\r\n`,
      ),
      Buffer.from(file.content as string),
      Buffer.from('\r\n'),
    )
  parts.push(Buffer.from(`--${boundary}--\r\n`))
  return { body: Buffer.concat(parts), headers: { 'content-type': `multipart/form-data; boundary=${boundary}` } }
}
