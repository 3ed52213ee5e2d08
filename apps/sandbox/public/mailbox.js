const list = document.getElementById('mails')
const filter = document.getElementById('filter')
filter.elements.to.value = new URLSearchParams(location.search).get('to') ?? ''

const element = (name, properties, ...children) => {
  const one = Object.assign(document.createElement(name), properties)
  one.append(...children)
  return one
}

const mailOf = ({ id, to, from, subject, text, html, receivedAt }, open) => {
  const at = new Date(receivedAt).toLocaleString('fr')
  const details = element(
    'details',
    { id, open, dir: 'auto' },
    element('summary', {}, element('strong', { textContent: subject || '(sans objet)' }), ` · ${to} · ${at}`),
    element('p', { className: 'soft', textContent: `De ${from}` }),
    element('pre', { textContent: text, dir: 'auto' }),
  )
  if (html) {
    const frame = element('iframe', { title: `Version HTML : ${subject}`, loading: 'lazy', src: `/mailbox/${id}/html` })
    details.append(frame)
  }
  return details
}

let seen = null
const refresh = async () => {
  const to = filter.elements.to.value.trim()
  const answer = await fetch(`/mailbox${to ? `?to=${encodeURIComponent(to)}` : ''}`)
  const { items } = await answer.json()
  const signature = items.map(({ id }) => id).join()
  if (signature === seen) return
  seen = signature
  const open = new Set([...list.querySelectorAll('details[open]')].map(({ id }) => id))
  const mails = items.slice(0, 200).map((mail, index) => mailOf(mail, index === 0 || open.has(mail.id)))
  list.replaceChildren(
    ...(mails.length > 0 ? mails : [element('p', { className: 'soft', textContent: 'Aucun message.' })]),
  )
}

filter.addEventListener('submit', (event) => {
  event.preventDefault()
  refresh()
})

const follow = async () => {
  if (!document.hidden) await refresh().catch(() => undefined)
  setTimeout(follow, 2000)
}
follow()
