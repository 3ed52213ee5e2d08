import type { BudgetWarning } from '@sendocki/domain/automations/settings'
import type { Language } from '@sendocki/domain/language'
import { roleNames } from '@sendocki/domain/members/role'
import { formatMoney } from '@sendocki/domain/money'
import type { RoleKey } from '@sendocki/domain/permissions'
import { moroccoZone } from '@sendocki/domain/time'

export interface MailText {
  readonly subject: string
  readonly paragraphs: readonly string[]
  readonly code?: string
  readonly button?: { readonly label: string; readonly url: string }
  /** Below the code or the button: what to do if it was not you. */
  readonly after: readonly string[]
}

/** What a mail has to say. Codes and tokens are in it, so it leaves the process sealed only. */
export type Letter =
  | { readonly kind: 'sign_up_code'; readonly fullName: string; readonly code: string }
  | { readonly kind: 'address_known'; readonly fullName: string }
  | { readonly kind: 'password_reset'; readonly fullName: string; readonly token: string }
  | { readonly kind: 'password_changed'; readonly fullName: string; readonly at: string }
  | {
      readonly kind: 'new_sign_in'
      readonly fullName: string
      readonly browser: string | null
      readonly system: string | null
      readonly address: string
      readonly at: string
    }
  | {
      readonly kind: 'invitation'
      readonly inviterName: string
      readonly merchantName: string
      readonly roleKey: RoleKey | null
      readonly roleName: string
      readonly token: string
    }
  | {
      readonly kind: 'budget_reached'
      readonly fullName: string
      readonly merchantName: string
      /** `YYYY-MM`. */
      readonly month: string
      readonly percent: BudgetWarning
      readonly spentCentimes: number
      readonly budgetCentimes: number
      /** Whether confirmations stop at the budget too. */
      readonly stopsConfirmations: boolean
    }

type Of<Kind extends Letter['kind']> = Extract<Letter, { kind: Kind }>
/** One text for each kind of letter, or the language does not compile. */
type Texts = { readonly [Kind in Letter['kind']]: (letter: Of<Kind>, appUrl: string) => MailText }

export const wrapping: Record<Language, { readonly signature: string }> = {
  fr: { signature: 'Sendocki, la gestion des commandes à la livraison' },
  en: { signature: 'Sendocki, orders paid on delivery' },
  ar: { signature: 'سندوكي، إدارة طلبات الدفع عند الاستلام' },
}

const momentIn = (language: Language, at: string): string =>
  new Intl.DateTimeFormat(`${language}-MA-u-nu-latn-ca-gregory`, {
    timeZone: moroccoZone,
    dateStyle: 'long',
    timeStyle: 'short',
  }).format(new Date(at))

/** "novembre 2026". */
const monthIn = (language: Language, month: string): string =>
  new Intl.DateTimeFormat(`${language}-MA-u-nu-latn-ca-gregory`, {
    timeZone: 'UTC',
    month: 'long',
    year: 'numeric',
  }).format(new Date(`${month}-01`))
const moneyIn = (language: Language, centimes: number): string => formatMoney(centimes, language, { decimals: 'auto' })

/** "Chrome, Windows", or the given words for a browser that does not say what it is. */
const deviceOf = ({ browser, system }: Of<'new_sign_in'>, unknown: string): string =>
  [browser, system].filter(Boolean).join(', ') || unknown

const signInUrl = (appUrl: string) => `${appUrl}/sign-in`
const resetUrl = (appUrl: string, token: string) => `${appUrl}/reset-password?token=${token}`
const invitationUrl = (appUrl: string, token: string) => `${appUrl}/invitation?token=${token}`
const costsUrl = (appUrl: string) => `${appUrl}/automation-costs`
const roleIn = (language: Language, { roleKey, roleName }: Of<'invitation'>): string =>
  roleKey ? roleNames[roleKey][language] : roleName

const french: Texts = {
  sign_up_code: ({ fullName, code }) => ({
    subject: `${code} est votre code Sendocki`,
    paragraphs: [`Bonjour ${fullName},`, 'Voici le code qui confirme votre adresse. Il vaut 10 minutes.'],
    code,
    after: ['Si vous n’avez pas demandé de compte, ignorez ce message : rien ne sera créé.'],
  }),
  address_known: ({ fullName }, appUrl) => ({
    subject: 'Vous avez déjà un compte Sendocki',
    paragraphs: [
      `Bonjour ${fullName},`,
      'Une inscription vient d’être demandée avec cette adresse, qui a déjà un compte. Connectez-vous, ou choisissez un autre mot de passe si vous l’avez oublié.',
    ],
    button: { label: 'Se connecter', url: signInUrl(appUrl) },
    after: ['Si ce n’était pas vous, il n’y a rien à faire : votre compte n’a pas changé.'],
  }),
  password_reset: ({ fullName, token }, appUrl) => ({
    subject: 'Choisir un nouveau mot de passe',
    paragraphs: [
      `Bonjour ${fullName},`,
      'Ce lien permet de choisir un autre mot de passe. Il vaut une heure et sert une fois.',
    ],
    button: { label: 'Choisir un mot de passe', url: resetUrl(appUrl, token) },
    after: ['Si vous n’avez rien demandé, ignorez ce message : votre mot de passe reste le même.'],
  }),
  password_changed: ({ fullName, at }, appUrl) => ({
    subject: 'Votre mot de passe a changé',
    paragraphs: [`Bonjour ${fullName},`, `Le mot de passe de votre compte a changé le ${momentIn('fr', at)}.`],
    after: [`Si ce n’était pas vous, choisissez-en un autre tout de suite : ${appUrl}/forgot-password`],
  }),
  new_sign_in: (letter, appUrl) => ({
    subject: 'Connexion depuis un nouveau navigateur',
    paragraphs: [
      `Bonjour ${letter.fullName},`,
      `Votre compte a été ouvert le ${momentIn('fr', letter.at)} depuis : ${deviceOf(letter, 'navigateur inconnu')} (adresse ${letter.address}).`,
    ],
    after: [`Si ce n’était pas vous, changez votre mot de passe et fermez cette session : ${appUrl}/settings/security`],
  }),
  invitation: (letter, appUrl) => ({
    subject: `${letter.inviterName} vous invite dans ${letter.merchantName}`,
    paragraphs: [
      'Bonjour,',
      `${letter.inviterName} vous invite à rejoindre ${letter.merchantName} sur Sendocki, comme ${roleIn('fr', letter)}.`,
    ],
    button: { label: 'Accepter l’invitation', url: invitationUrl(appUrl, letter.token) },
    after: ['Le lien vaut 7 jours. Si vous ne connaissez pas cette personne, ignorez ce message.'],
  }),
  budget_reached: ({ percent, stopsConfirmations, ...letter }, appUrl) => ({
    subject:
      percent === 100
        ? `Le budget WhatsApp de ${monthIn('fr', letter.month)} est dépensé`
        : `${percent} % du budget WhatsApp de ${monthIn('fr', letter.month)} sont dépensés`,
    paragraphs: [
      `Bonjour ${letter.fullName},`,
      `En ${monthIn('fr', letter.month)}, les messages WhatsApp de ${letter.merchantName} ont coûté ${moneyIn('fr', letter.spentCentimes)} pour un budget de ${moneyIn('fr', letter.budgetCentimes)}.`,
      percent === 100
        ? stopsConfirmations
          ? 'La publicité et les confirmations attendent désormais.'
          : 'La publicité attend désormais ; les confirmations continuent de partir.'
        : stopsConfirmations
          ? 'À 100 %, la publicité et les confirmations attendront.'
          : 'À 100 %, la publicité attendra ; les confirmations continueront de partir.',
    ],
    button: { label: 'Voir les coûts et le budget', url: costsUrl(appUrl) },
    after: ['Ce message part une fois par mois à 80 %, et une fois à 100 %.'],
  }),
}

const english: Texts = {
  sign_up_code: ({ fullName, code }) => ({
    subject: `${code} is your Sendocki code`,
    paragraphs: [`Hello ${fullName},`, 'This code confirms your address. It is good for 10 minutes.'],
    code,
    after: ['If you did not ask for an account, ignore this message: nothing will be made.'],
  }),
  address_known: ({ fullName }, appUrl) => ({
    subject: 'You already have a Sendocki account',
    paragraphs: [
      `Hello ${fullName},`,
      'Somebody asked for an account with this address, which has one already. Sign in, or choose another password if you forgot yours.',
    ],
    button: { label: 'Sign in', url: signInUrl(appUrl) },
    after: ['If it was not you, there is nothing to do: your account has not changed.'],
  }),
  password_reset: ({ fullName, token }, appUrl) => ({
    subject: 'Choose a new password',
    paragraphs: [
      `Hello ${fullName},`,
      'This link lets you choose another password. It is good for one hour and works once.',
    ],
    button: { label: 'Choose a password', url: resetUrl(appUrl, token) },
    after: ['If you asked for nothing, ignore this message: your password stays as it is.'],
  }),
  password_changed: ({ fullName, at }, appUrl) => ({
    subject: 'Your password has changed',
    paragraphs: [`Hello ${fullName},`, `The password of your account changed on ${momentIn('en', at)}.`],
    after: [`If it was not you, choose another one now: ${appUrl}/forgot-password`],
  }),
  new_sign_in: (letter, appUrl) => ({
    subject: 'Sign-in from a new browser',
    paragraphs: [
      `Hello ${letter.fullName},`,
      `Your account was opened on ${momentIn('en', letter.at)} from: ${deviceOf(letter, 'unknown browser')} (address ${letter.address}).`,
    ],
    after: [`If it was not you, change your password and end that session: ${appUrl}/settings/security`],
  }),
  invitation: (letter, appUrl) => ({
    subject: `${letter.inviterName} invites you to ${letter.merchantName}`,
    paragraphs: [
      'Hello,',
      `${letter.inviterName} invites you to join ${letter.merchantName} on Sendocki, as ${roleIn('en', letter)}.`,
    ],
    button: { label: 'Accept the invitation', url: invitationUrl(appUrl, letter.token) },
    after: ['The link is good for 7 days. If you do not know this person, ignore this message.'],
  }),
  budget_reached: ({ percent, stopsConfirmations, ...letter }, appUrl) => ({
    subject:
      percent === 100
        ? `The WhatsApp budget of ${monthIn('en', letter.month)} is spent`
        : `${percent}% of the WhatsApp budget of ${monthIn('en', letter.month)} is spent`,
    paragraphs: [
      `Hello ${letter.fullName},`,
      `In ${monthIn('en', letter.month)}, the WhatsApp messages of ${letter.merchantName} cost ${moneyIn('en', letter.spentCentimes)} of a budget of ${moneyIn('en', letter.budgetCentimes)}.`,
      percent === 100
        ? stopsConfirmations
          ? 'Advertising and confirmations wait from now on.'
          : 'Advertising waits from now on; confirmations still go out.'
        : stopsConfirmations
          ? 'At 100%, advertising and confirmations will wait.'
          : 'At 100%, advertising will wait; confirmations will still go out.',
    ],
    button: { label: 'See costs and budget', url: costsUrl(appUrl) },
    after: ['This mail is sent once a month at 80%, and once at 100%.'],
  }),
}

const arabic: Texts = {
  sign_up_code: ({ fullName, code }) => ({
    subject: `رمز سندوكي الخاص بك: ${code}`,
    paragraphs: [`مرحبا ${fullName}،`, 'هذا الرمز يؤكد عنوانك. صالح لمدة 10 دقائق.'],
    code,
    after: ['إن لم تطلب فتح حساب، فتجاهل هذه الرسالة: لن يُنشأ أي شيء.'],
  }),
  address_known: ({ fullName }, appUrl) => ({
    subject: 'لديك حساب في سندوكي من قبل',
    paragraphs: [
      `مرحبا ${fullName}،`,
      'طُلب للتو فتح حساب بهذا العنوان، وله حساب من قبل. سجّل الدخول، أو اختر كلمة سر أخرى إن نسيتها.',
    ],
    button: { label: 'تسجيل الدخول', url: signInUrl(appUrl) },
    after: ['إن لم تكن أنت، فلا شيء عليك فعله: لم يتغير حسابك.'],
  }),
  password_reset: ({ fullName, token }, appUrl) => ({
    subject: 'اختيار كلمة سر جديدة',
    paragraphs: [`مرحبا ${fullName}،`, 'يتيح لك هذا الرابط اختيار كلمة سر أخرى. صالح لساعة واحدة ولمرة واحدة.'],
    button: { label: 'اختيار كلمة السر', url: resetUrl(appUrl, token) },
    after: ['إن لم تطلب شيئا، فتجاهل هذه الرسالة: كلمة سرك تبقى كما هي.'],
  }),
  password_changed: ({ fullName, at }, appUrl) => ({
    subject: 'تغيرت كلمة سرك',
    paragraphs: [`مرحبا ${fullName}،`, `تغيرت كلمة سر حسابك في ${momentIn('ar', at)}.`],
    after: [`إن لم تكن أنت، فاختر كلمة سر أخرى الآن: ${appUrl}/forgot-password`],
  }),
  new_sign_in: (letter, appUrl) => ({
    subject: 'تسجيل دخول من متصفح جديد',
    paragraphs: [
      `مرحبا ${letter.fullName}،`,
      `فُتح حسابك في ${momentIn('ar', letter.at)} من: ${deviceOf(letter, 'متصفح غير معروف')} (العنوان ${letter.address}).`,
    ],
    after: [`إن لم تكن أنت، فغيّر كلمة سرك وأغلق هذه الجلسة: ${appUrl}/settings/security`],
  }),
  invitation: (letter, appUrl) => ({
    subject: `${letter.inviterName} يدعوك إلى ${letter.merchantName}`,
    paragraphs: [
      'مرحبا،',
      `${letter.inviterName} يدعوك إلى الانضمام إلى ${letter.merchantName} على سندوكي، بصفة: ${roleIn('ar', letter)}.`,
    ],
    button: { label: 'قبول الدعوة', url: invitationUrl(appUrl, letter.token) },
    after: ['الرابط صالح لمدة 7 أيام. إن كنت لا تعرف هذا الشخص، فتجاهل هذه الرسالة.'],
  }),
  budget_reached: ({ percent, stopsConfirmations, ...letter }, appUrl) => ({
    subject:
      percent === 100
        ? `نفدت ميزانية واتساب لشهر ${monthIn('ar', letter.month)}`
        : `صُرف ${percent}% من ميزانية واتساب لشهر ${monthIn('ar', letter.month)}`,
    paragraphs: [
      `مرحبا ${letter.fullName}،`,
      `في ${monthIn('ar', letter.month)}، كلّفت رسائل واتساب الخاصة بـ ${letter.merchantName} ما قدره ${moneyIn('ar', letter.spentCentimes)} من ميزانية قدرها ${moneyIn('ar', letter.budgetCentimes)}.`,
      percent === 100
        ? stopsConfirmations
          ? 'من الآن تنتظر الرسائل الإعلانية ورسائل التأكيد.'
          : 'من الآن تنتظر الرسائل الإعلانية، وتستمر رسائل التأكيد.'
        : stopsConfirmations
          ? 'عند 100% ستنتظر الرسائل الإعلانية ورسائل التأكيد.'
          : 'عند 100% ستنتظر الرسائل الإعلانية، وتستمر رسائل التأكيد.',
    ],
    button: { label: 'عرض التكاليف والميزانية', url: costsUrl(appUrl) },
    after: ['تُرسل هذه الرسالة مرة في الشهر عند 80% ومرة عند 100%.'],
  }),
}

const texts: Record<Language, Texts> = { fr: french, en: english, ar: arabic }

/** What a letter says in a language. */
export const mailTexts = <Kind extends Letter['kind']>(
  language: Language,
  letter: Of<Kind>,
  appUrl: string,
): MailText => (texts[language][letter.kind as Kind] as (letter: Of<Kind>, appUrl: string) => MailText)(letter, appUrl)
