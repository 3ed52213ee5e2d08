import { BadDocument, type Selection } from './document.ts'

/** An object of the API: plain fields, and functions for fields that take arguments. Its `__typename` is always there. */
export interface Node {
  readonly __typename: string
  readonly [field: string]: unknown
}

/**
 * Gives the fields that were asked for and no more, as a real host does; a field that the type does not have is an
 * error, so that a misspelt one is seen.
 */
export const answerOf = async (value: unknown, selections: readonly Selection[]): Promise<unknown> => {
  if (Array.isArray(value)) return Promise.all(value.map((one) => answerOf(one, selections)))
  if (!isNode(value)) return value ?? null
  if (selections.length === 0)
    throw new BadDocument(`Field must have selections (it returns ${value.__typename} but has no selections)`)
  const answer: Record<string, unknown> = {}
  for (const selection of selections) {
    if (selection.kind === 'part') {
      if (selection.type === null || selection.type === value.__typename)
        Object.assign(answer, await answerOf(value, selection.fields))
      continue
    }
    if (!(selection.name in value))
      throw new BadDocument(`Field '${selection.name}' doesn't exist on type '${value.__typename}'`)
    const found = value[selection.name]
    const resolved: unknown = typeof found === 'function' ? await found(selection.arguments) : found
    answer[selection.alias] = await answerOf(resolved, selection.fields)
  }
  return answer
}

const isNode = (value: unknown): value is Node => typeof value === 'object' && value !== null && '__typename' in value

type Arguments = Readonly<Record<string, unknown>>
export interface Listed {
  /** Sorts the list as text; its coded form is the cursor, which stays good when the row it was taken from has moved. */
  readonly key: string
  readonly node: Node
}

const mostAtOnce = 250

/** Relay-style pages, `first` and `after`, over any list. */
export const connectionOf = (name: string, list: readonly Listed[], args: Arguments): Node => {
  const size = Number(args.first ?? 0)
  if (!Number.isInteger(size) || size < 1) throw new BadDocument('you must provide one of first or last')
  if (size > mostAtOnce) throw new BadDocument(`first cannot exceed ${mostAtOnce}. Given: ${size}`)
  const sign = args.reverse === true ? -1 : 1
  const sorted = list.toSorted((one, other) => sign * compare(one.key, other.key))
  const after = typeof args.after === 'string' ? Buffer.from(args.after, 'base64url').toString() : null
  const rest = after === null ? sorted : sorted.filter(({ key }) => sign * compare(key, after) > 0)
  const page = rest.slice(0, size).map(({ key, node }) => ({ cursor: Buffer.from(key).toString('base64url'), node }))
  return {
    __typename: `${name}Connection`,
    nodes: page.map(({ node }) => node),
    edges: page.map(({ cursor, node }) => ({ __typename: `${name}Edge`, cursor, node })),
    pageInfo: {
      __typename: 'PageInfo',
      hasNextPage: rest.length > page.length,
      hasPreviousPage: rest.length < sorted.length,
      startCursor: page[0]?.cursor ?? null,
      endCursor: page.at(-1)?.cursor ?? null,
    },
  }
}

const compare = (one: string, other: string): number => (one < other ? -1 : one > other ? 1 : 0)
