/**
 * The body as PHP's `json_encode` prints it: no blanks between tokens, `/` escaped, letters beyond ASCII as `\uXXXX`.
 * Numbers stay as they were written. Null when the body is no JSON. Source: integrations.md 3.2.
 */
export const phpText = (body: Buffer): string | null => {
  const text = body.toString('utf8')
  try {
    JSON.parse(text)
  } catch {
    return null
  }
  return text.replace(/"(?:[^"\\]|\\.)*"|\s+/gs, (token) => (token.startsWith('"') ? phpString(token) : ''))
}

const phpString = (token: string): string =>
  JSON.stringify(JSON.parse(token))
    .replaceAll('/', '\\/')
    .replace(/[\u007f-\uffff]/g, (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`)
