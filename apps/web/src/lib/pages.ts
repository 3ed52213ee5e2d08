interface Page {
  readonly nextCursor: string | null
}

/** The paging of an infinite query over a list of the API: cursors only, one direction. */
export const pages = {
  initialPageParam: null as string | null,
  getNextPageParam: ({ nextCursor }: Page): string | null => nextCursor,
}

/** The cursor as a part of a query string; nothing for the first page. */
export const after = (cursor: string | null): { cursor?: string } => (cursor === null ? {} : { cursor })
