import type { Language } from '@sendocki/domain/language'
import type { Mail } from '../../adapters/mail/port.ts'
import type { MerchantTx, PlatformTx, PublicCtx } from '../../context.ts'
import { type Letter, type MailText, mailTexts, wrapping } from './mail-texts.ts'

interface Envelope {
  /** Names this mail for the servers on its way: one that is sent twice is recognised. */
  readonly id: string
  readonly to: string
  readonly language: Language
  readonly letter: Letter
}

const sealedFor = 'mail.send'

/** Sends a mail once the transaction commits, in the reader's language. */
export const sendMail = (
  ctx: PublicCtx,
  tx: PlatformTx | MerchantTx,
  to: { readonly email: string; readonly language: Language },
  letter: Letter,
): void => {
  const envelope: Envelope = { id: ctx.newId(), to: to.email, language: to.language, letter }
  const sealed = ctx.secrets.seal(JSON.stringify(envelope), sealedFor).toString('base64')
  ctx.enqueue(tx, 'mail.send', { sealed })
}

/** The mail in a sealed payload, ready to be sent. */
export const openMail = ({ secrets, config }: PublicCtx, sealed: string): Mail => {
  const envelope = JSON.parse(secrets.open(Buffer.from(sealed, 'base64'), sealedFor).toString()) as Envelope
  return { id: envelope.id, to: envelope.to, ...renderMail(envelope.language, envelope.letter, config.appUrl) }
}

/** Subject, plain text and HTML of a letter. Names from outside are cut to one line and escaped, whatever is in them. */
export const renderMail = (
  language: Language,
  letter: Letter,
  appUrl: string,
): Pick<Mail, 'subject' | 'text' | 'html'> => {
  const words = mailTexts(language, oneLined(letter), appUrl)
  return { subject: words.subject, text: textOf(language, words), html: htmlOf(language, words) }
}

const oneLined = (letter: Letter): Letter =>
  Object.fromEntries(
    Object.entries(letter).map(([key, value]) => [
      key,
      // Control characters would break lines, direction marks would turn the sentence around them.
      typeof value === 'string'
        ? value.replace(/[\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069]+/gu, ' ').trim()
        : value,
    ]),
  ) as unknown as Letter

const textOf = (language: Language, { paragraphs, code, button, after }: MailText): string =>
  [
    ...paragraphs,
    ...(code ? [code] : []),
    ...(button ? [`${button.label}\n${button.url}`] : []),
    ...after,
    `-- \n${wrapping[language].signature}`,
  ].join('\n\n')

const escaped = (text: string): string =>
  text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;')

const page =
  'margin:0;padding:24px;background:#f4f5f2;font-family:Arial,Tahoma,sans-serif;font-size:16px;line-height:1.6;color:#1c2420'
const card = 'max-width:520px;margin:0 auto;padding:32px;background:#ffffff;border-radius:12px'
const codeStyle = 'font-size:32px;font-weight:bold;letter-spacing:8px;margin:24px 0'
const buttonStyle =
  'display:inline-block;padding:12px 20px;background:#14532d;color:#ffffff;text-decoration:none;border-radius:8px;font-weight:bold'
const quiet = 'margin:0 0 16px;font-size:14px;color:#55605a'

/** Hand-made, without a picture or anything that is fetched from elsewhere; right to left for Arabic. */
const htmlOf = (language: Language, { subject, paragraphs, code, button, after }: MailText): string => {
  const direction = language === 'ar' ? 'rtl' : 'ltr'
  const lines = [
    ...paragraphs.map((text) => `<p style="margin:0 0 16px">${escaped(text)}</p>`),
    ...(code ? [`<p dir="ltr" style="${codeStyle}">${escaped(code)}</p>`] : []),
    ...(button
      ? [
          `<p style="margin:24px 0"><a href="${escaped(button.url)}" style="${buttonStyle}">${escaped(button.label)}</a></p>`,
          `<p dir="ltr" style="${quiet};word-break:break-all">${escaped(button.url)}</p>`,
        ]
      : []),
    ...after.map((text) => `<p style="${quiet}">${escaped(text)}</p>`),
    `<p style="${quiet};margin-top:32px">${escaped(wrapping[language].signature)}</p>`,
  ]
  return [
    '<!doctype html>',
    `<html lang="${language}" dir="${direction}">`,
    `<head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${escaped(subject)}</title></head>`,
    `<body style="${page}"><div dir="${direction}" style="${card}">${lines.join('\n')}</div></body>`,
    '</html>',
  ].join('\n')
}
