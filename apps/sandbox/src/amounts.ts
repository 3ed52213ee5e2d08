/** Centimes of a decimal text or number such as `219.00`, without floating point; null when it is no amount. */
export const centimesOf = (value: unknown): number | null => {
  const match = /^(-?)(\d{1,12})(?:\.(\d{1,2}))?$/.exec(String(value))
  if (!match) return null
  const centimes = Number(match[2]) * 100 + Number((match[3] ?? '').padEnd(2, '0'))
  return match[1] ? -centimes : centimes
}

/** The decimal text that shops write: `24900` → `249.00`. */
export const decimalText = (centimes: number): string => {
  const digits = String(Math.abs(centimes)).padStart(3, '0')
  return `${centimes < 0 ? '-' : ''}${digits.slice(0, -2)}.${digits.slice(-2)}`
}
