import { i18n } from './i18n.ts'

/** What happened, in words, by the type of the event; a type that this version does not know is shown as it came. */
export const eventText = (type: string): string =>
  i18n.exists(type, { ns: 'events' }) ? i18n.t(type as 'order.moved', { ns: 'events' }) : type
