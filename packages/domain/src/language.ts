/** The languages of the interface and of our mail; French is the source. */
export const languages = ['fr', 'en', 'ar'] as const
export type Language = (typeof languages)[number]
