/** One field that a GraphQL document asks for, with its arguments worked out. */
export interface Field {
  readonly kind: 'field'
  readonly name: string
  readonly alias: string
  readonly arguments: Readonly<Record<string, unknown>>
  readonly fields: readonly Selection[]
}
/** `... on Type { }` or a named fragment, which applies to one type alone. */
export interface Part {
  readonly kind: 'part'
  readonly type: string | null
  readonly fields: readonly Selection[]
}
export type Selection = Field | Part

export interface Document {
  readonly operation: 'query' | 'mutation'
  readonly fields: readonly Selection[]
}

/** The document could not be read; the message is the answer's. */
export class BadDocument extends Error {}

const tokenPattern =
  /"""[\s\S]*?"""|"(?:\\.|[^"\\\n])*"|\.\.\.|[_A-Za-z]\w*|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?|[{}()[\]:$!=@|&]|#[^\n]*|[\s,\uFEFF]+|./gy

/**
 * Reads the part of GraphQL that clients of an order API use: operations with variables, arguments, aliases, fragments.
 * Types of variables and directives are passed over.
 */
export const readDocument = (source: string, variables: Readonly<Record<string, unknown>>): Document => {
  const tokens = (source.match(tokenPattern) ?? []).filter((token) => !/^[\s,\uFEFF#]/.test(token))
  let at = 0
  const defaults: Record<string, unknown> = {}
  const fragments = new Map<string, Part>()
  const peek = () => tokens[at]
  const next = () => {
    const token = tokens[at++]
    if (token === undefined) throw new BadDocument('syntax error, unexpected end of file')
    return token
  }
  const accept = (token: string) => peek() === token && ++at > 0
  const expect = (token: string) => {
    const found = next()
    if (found !== token) throw new BadDocument(`syntax error, unexpected ${found}, expecting "${token}"`)
  }
  const name = () => {
    const token = next()
    if (!/^[_A-Za-z]/.test(token)) throw new BadDocument(`syntax error, unexpected ${token}, expecting a name`)
    return token
  }

  const value = (): unknown => {
    const token = next()
    if (token === '$') {
      const variable = name()
      return variables[variable] !== undefined ? variables[variable] : defaults[variable]
    }
    if (token === '[') return listOf(value, ']')
    if (token === '{') return Object.fromEntries(listOf(entry, '}'))
    if (token.startsWith('"""')) return token.slice(3, -3)
    if (token.startsWith('"')) return JSON.parse(token) as unknown
    if (token === 'true' || token === 'false') return token === 'true'
    if (token === 'null') return null
    return /^-?\d/.test(token) ? Number(token) : token
  }
  const entry = (): [string, unknown] => {
    const key = name()
    expect(':')
    return [key, value()]
  }
  const listOf = <T>(one: () => T, end: string): T[] => {
    const list: T[] = []
    while (!accept(end)) list.push(one())
    return list
  }
  const directives = () => {
    while (accept('@')) {
      name()
      if (accept('(')) listOf(entry, ')')
    }
  }
  const typeName = () => {
    if (accept('[')) {
      typeName()
      expect(']')
    } else name()
    accept('!')
  }
  const selection = (): Selection => {
    if (accept('...')) return part()
    const first = name()
    const fieldName = accept(':') ? name() : first
    const args = accept('(') ? Object.fromEntries(listOf(entry, ')')) : {}
    directives()
    return { kind: 'field', name: fieldName, alias: first, arguments: args, fields: selections() }
  }
  const part = (): Selection => {
    const word = peek() === '{' || peek() === '@' ? null : name()
    if (word !== null && word !== 'on') return spread(word)
    const type = word === 'on' ? name() : null
    directives()
    return { kind: 'part', type, fields: selections() }
  }
  /** A fragment may stand after its use, so that it is looked up when its fields are. */
  const spread = (fragment: string): Selection => {
    directives()
    const found = () => {
      const known = fragments.get(fragment)
      if (!known) throw new BadDocument(`Fragment ${fragment} was used, but not defined`)
      return known
    }
    return {
      kind: 'part',
      get type() {
        return found().type
      },
      get fields() {
        return found().fields
      },
    }
  }
  const selections = (): readonly Selection[] => (accept('{') ? listOf(selection, '}') : [])
  const variable = () => {
    expect('$')
    const variableName = name()
    expect(':')
    typeName()
    if (accept('=')) defaults[variableName] = value()
    directives()
  }

  let document: Document | undefined
  while (peek() !== undefined) {
    if (accept('fragment')) {
      const fragment = name()
      expect('on')
      const type = name()
      directives()
      fragments.set(fragment, { kind: 'part', type, fields: selections() })
      continue
    }
    const word = peek() === '{' ? 'query' : name()
    if (word !== 'query' && word !== 'mutation') throw new BadDocument(`syntax error, unexpected ${word}`)
    if (peek() !== '{' && peek() !== '(' && peek() !== '@') name()
    if (accept('(')) listOf(variable, ')')
    directives()
    if (peek() !== '{') throw new BadDocument(`syntax error, unexpected ${peek() ?? 'end of file'}, expecting "{"`)
    document ??= { operation: word, fields: selections() }
  }
  if (!document) throw new BadDocument('No operation was given')
  return document
}
