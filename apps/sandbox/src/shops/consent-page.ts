import { escapeHtml, pageOf } from '../html.ts'

export interface ConsentShown {
  readonly platform: string
  /** Whose access is asked: a host or a name. */
  readonly app: string
  readonly scopes: readonly string[]
  /** The shop that is signed in; the owner may choose another where the page lets them. */
  readonly shop: string
  readonly chooses: boolean
  /** What the form sends back as it came. */
  readonly hidden: Readonly<Record<string, string>>
}

/** The page on which a shop's owner says yes or no: it needs a click. */
export const consentPage = ({ platform, app, scopes, shop, chooses, hidden }: ConsentShown): string => {
  const fields = Object.entries(hidden)
    .map(([name, value]) => `<input type="hidden" name="${escapeHtml(name)}" value="${escapeHtml(value)}">`)
    .join('')
  const asked = scopes.map((scope) => `<li><code>${escapeHtml(scope)}</code></li>`).join('')
  const which = chooses
    ? `<label>Boutique connectée <input name="shop" value="${escapeHtml(shop)}" required></label>`
    : `<p>Boutique : <bdi>${escapeHtml(shop)}</bdi></p>`
  return pageOf(
    `Autoriser une application – ${platform}`,
    `<p class="banner">Bac à sable : cette page joue le rôle de ${escapeHtml(platform)}.</p>
<h1>${escapeHtml(platform)}</h1>
<p>L'application <strong>${escapeHtml(app)}</strong> demande l'accès à la boutique :</p>
<ul>${asked || '<li>aucun droit demandé</li>'}</ul>
<form method="post">${fields}
${which}
<button class="primary" name="choice" value="install">Autoriser</button>
<button name="choice" value="refuse">Refuser</button>
</form>`,
  )
}

export const sentencePage = (sentence: string): string =>
  pageOf('Autorisation', `<h1>Autorisation</h1><p>${escapeHtml(sentence)}</p>`)

/** Whether an address may be one to come back to. */
export const isWebAddress = (text: string): boolean => URL.canParse(text) && /^https?:$/.test(new URL(text).protocol)

/** An address with further parameters. */
export const withParameters = (address: string, parameters: Readonly<Record<string, string>>): string => {
  const url = new URL(address)
  for (const [name, value] of Object.entries(parameters)) url.searchParams.set(name, value)
  return url.href
}
