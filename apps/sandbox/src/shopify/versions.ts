/** The versions Shopify keeps at a date: the running quarter's and the four before it, oldest first. */
const keptVersions = (now: Date): readonly string[] => {
  const quarter = now.getUTCFullYear() * 4 + Math.floor(now.getUTCMonth() / 3)
  return [4, 3, 2, 1, 0].map((back) => {
    const one = quarter - back
    return `${Math.floor(one / 4)}-${String((one % 4) * 3 + 1).padStart(2, '0')}`
  })
}

export const currentVersion = (now: Date): string => keptVersions(now).at(-1) ?? ''

/** The version that answers: an old one falls forward to the oldest kept; a future or malformed one is null. */
export const answeringVersion = (asked: string, now: Date): string | null => {
  const [oldest = '', ...others] = keptVersions(now)
  if (asked === 'unstable' || asked === oldest || others.includes(asked)) return asked
  return /^20\d\d-(01|04|07|10)$/.test(asked) && asked < oldest ? oldest : null
}
