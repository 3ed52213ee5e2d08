/** Marks that change how a line is drawn and not what it says: directions, joiners, the byte order mark. */
const invisible = /[\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]/g

/**
 * The text with Western digits (from Arabic-Indic, Persian and full width ones) and without invisible marks, in NFKC.
 * People copy phones and amounts out of chats and right-to-left screens, which carry all of these.
 */
export const plainText = (text: string): string =>
  text
    .normalize('NFKC')
    .replace(invisible, '')
    .replace(/[\u0660-\u0669\u06f0-\u06f9]/g, (digit) => String(digit.charCodeAt(0) & 0xf))
