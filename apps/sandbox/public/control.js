const byId = (id) => document.getElementById(id)
const shown = 40
const words = {
  delivered: ['reçu', 'good'],
  failed: ['échoué', 'bad'],
  waiting: ['nouvel essai prévu', 'bad'],
  held: ['retenu', ''],
}
const kinds = Object.fromEntries(
  [...document.querySelectorAll('select[name=kind] option')].map((o) => [o.value, o.textContent]),
)

const call = async (method, path, body) => {
  const answer = await fetch(path, {
    method,
    headers: body ? { 'content-type': 'application/json' } : {},
    body: body ? JSON.stringify(body) : undefined,
  })
  const said = await answer.json()
  if (!answer.ok) throw new Error(said.error)
  return said
}

const act = async (sentence, work) => {
  try {
    const answer = await work()
    const refused = (answer.deliveries ?? []).filter(({ status }) => status === 'failed' || status === 'waiting').length
    const nobody = answer.deliveries?.length === 0 ? " Personne n'attend de webhook." : ''
    say(`${sentence}${nobody}${refused ? ` ${refused} webhook(s) refusé(s) : voir la liste.` : ''}`)
  } catch (error) {
    say(`Refusé : ${error.message}`)
  }
  await refresh()
}

const say = (sentence) => {
  byId('said').textContent = sentence
}

const cell = (content, className = '') => {
  const td = document.createElement('td')
  td.className = className
  td.append(...[content].flat())
  return td
}
const isolated = (text) => Object.assign(document.createElement('bdi'), { textContent: text ?? '—' })
const button = (label, name, work) => {
  const one = Object.assign(document.createElement('button'), { type: 'button', textContent: label })
  one.setAttribute('aria-label', `${label} : ${name}`)
  one.dataset.key = `${label} ${name}`
  one.addEventListener('click', work)
  return one
}
const row = (...cells) => {
  const tr = document.createElement('tr')
  tr.append(...cells)
  return tr
}
/** Rows are made anew at each refresh; the button in use keeps its focus. */
const fill = (id, rows, empty) => {
  const body = byId(id)
  const focused = body.contains(document.activeElement) ? document.activeElement.dataset.key : null
  const none = cell(empty, 'soft')
  none.colSpan = 6
  body.replaceChildren(...(rows.length > 0 ? rows : [row(none)]))
  if (focused) [...body.querySelectorAll('button')].find((one) => one.dataset.key === focused)?.focus()
}

const refresh = async () => {
  const state = await call('GET', `/control/state?limit=${shown}`)
  showShops(state.shops)
  showOrders(state.shops)
  showParcels(state.parcels)
  showDeliveries(state.deliveries)
  byId('mails').textContent = state.mailCount
  byId('webhooks').textContent = state.carrierWebhooks.map(({ url, account }) => `${account} → ${url}`).join(' · ')
  byId('faults').textContent =
    state.faults.length === 0
      ? 'Tout fonctionne.'
      : `En panne : ${state.faults.map(({ provider, kind, remaining }) => `${provider}, ${kinds[kind]?.toLowerCase() ?? kind}${remaining === null ? '' : ` (${remaining} fois)`}`).join(' · ')}`
  byId('streams').textContent = state.streams
    .map(
      ({ platform, everySeconds, placed }) =>
        `${platform} : une commande toutes les ${everySeconds} s, ${placed} passées`,
    )
    .join(' · ')
}

/** What is offered before any shop of a platform was opened. */
const unconnected = {
  lightfunnels: 'LightFunnels : Compte Demo',
  woocommerce: 'WooCommerce : boutique-demo.ma',
  youcan: 'YouCan : Boutique Demo',
  shopify: 'Demo Shop',
}

const showShops = (shops) => {
  const select = document.querySelector('select[name=shop]')
  const options = shops.map(({ platform, shop, name, installed, orderCount }) => ({
    value: `${platform}|${shop ?? ''}`,
    label: `${name}${installed ? '' : ' (pas connectée)'} · ${orderCount} commandes`,
  }))
  for (const [platform, label] of Object.entries(unconnected))
    if (!shops.some((one) => one.platform === platform))
      options.unshift({ value: `${platform}|`, label: `${label} (pas connectée)` })
  const signature = JSON.stringify(options)
  if (select.dataset.signature === signature) return
  const chosen = select.value
  select.dataset.signature = signature
  select.replaceChildren(...options.map(({ value, label }) => new Option(label, value, false, value === chosen)))
}

/** Where each platform keeps its note; a landing page can only send again. */
const noteFields = { shopify: 'note', youcan: 'notes', woocommerce: 'customer_note', lightfunnels: 'notes' }
const isCancelled = (order) =>
  Boolean(order.cancelled_at) || order.status === 'cancelled' || order.status_new === 'canceled'
const buyerOf = ({ shipping_address: shipping, billing, customer }) => {
  const person = [shipping, billing, customer].find((one) => one?.first_name || one?.name || one?.full_name)
  return person && (person.name ?? person.full_name ?? [person.first_name, person.last_name].filter(Boolean).join(' '))
}
const changedAt = (order) =>
  order.updated_at ?? (order.date_modified_gmt && `${order.date_modified_gmt}Z`) ?? order.created_at

const showOrders = (shops) => {
  const orders = shops.flatMap(({ platform, shop, name, orders }) =>
    orders.map((order) => ({ platform, shop, name, order, at: changedAt(order) })),
  )
  orders.sort((one, other) => (Date.parse(one.at) < Date.parse(other.at) ? 1 : -1))
  const rows = orders.slice(0, shown).map(({ platform, shop, name, order }) => {
    const reference = order.name ?? order.ref ?? (order.number && `#${order.number}`) ?? order.external_id
    const path = `/control/shops/${platform}/orders`
    const note = noteFields[platform]
    const actions = note
      ? [
          button('Modifier', reference, () =>
            act(`${reference} a une note.`, () =>
              call('POST', path, {
                shop,
                edit: { id: order.id, [note]: `Note du ${new Date().toLocaleTimeString('fr')}` },
              }),
            ),
          ),
          button('Annuler', reference, () =>
            act(`${reference} est annulée.`, () => call('POST', path, { shop, cancel: String(order.id) })),
          ),
        ]
      : [
          button('Renvoyer', reference, () =>
            act(`${reference} est renvoyée.`, () => call('POST', path, { edit: { external_id: reference } })),
          ),
        ]
    const total = order.total_price ?? order.total
    return row(
      cell(name),
      cell([isolated(reference), isCancelled(order) ? ' (annulée)' : '']),
      cell(isolated(buyerOf(order))),
      cell(isolated(total && `${total} ${order.currency ?? 'MAD'}`)),
      cell(actions),
    )
  })
  fill('orders', rows, "Aucune commande pour l'instant.")
}

const steps = [
  ['Ramasser', 'PICKEDUP'],
  ['En livraison', 'DELIVERING'],
  ['Livrer', 'DELIVERED'],
  ['Injoignable', 'UNREACHABLE'],
  ['Refuser', 'REJECTED'],
  ['Retourner', 'RETURN_SELLER'],
]
const showParcels = (parcels) => {
  const rows = parcels.toReversed().map((parcel) => {
    const { trackingNumber } = parcel
    const tell = (status) =>
      act(`${trackingNumber} : ${status}.`, () => call('POST', `/control/parcels/${trackingNumber}`, { status }))
    const actions = steps.map(([label, status]) => button(label, trackingNumber, () => tell(status)))
    const other = button('Autre statut…', trackingNumber, () => {
      const status = prompt('Statut, avec le mot du transporteur (par exemple POSTPONED) :')
      if (status) tell(status.trim())
    })
    return row(
      cell(isolated(trackingNumber)),
      cell(isolated(parcel.reference)),
      cell(isolated(parcel.name)),
      cell(isolated(`${parcel.amount} DH`)),
      cell([parcel.status, parcel.status_return ? ` · ${parcel.status_return}` : '']),
      cell([...actions, other]),
    )
  })
  fill('parcels', rows, "Aucun colis pour l'instant.")
}

const showDeliveries = (deliveries) => {
  const rows = deliveries.toReversed().map(({ at, provider, topic, url, status, repeat, attempts }) => {
    const [word, className] = words[status]
    const last = attempts.at(-1)
    const detail = last
      ? ` (${last.status ?? last.error}${attempts.length > 1 ? `, ${attempts.length} essais` : ''})`
      : ''
    return row(
      cell(new Date(at).toLocaleTimeString('fr')),
      cell(provider),
      cell(topic + (repeat ? ' (répété)' : '')),
      cell(isolated(url)),
      cell(word + detail, className),
    )
  })
  fill('deliveries', rows, "Aucun webhook pour l'instant.")
}

byId('place').addEventListener('submit', (event) => {
  event.preventDefault()
  const form = new FormData(event.target)
  const [platform, shop] = form.get('shop').split('|')
  const target = {
    ...(shop ? { shop } : {}),
    ...(form.get('webhookUrl')
      ? { webhookUrl: form.get('webhookUrl'), webhookSecret: form.get('webhookSecret') || 'demo' }
      : {}),
  }
  if (event.submitter?.name === 'stop')
    return act('Plus de commandes automatiques.', () => call('DELETE', '/control/stream'))
  if (event.submitter?.name === 'stream')
    return act('Les commandes arrivent.', () =>
      call('POST', '/control/stream', { ...target, platform, everySeconds: Number(event.submitter.value) }),
    )
  act('La commande est passée.', () =>
    call('POST', `/control/shops/${platform}/orders`, { ...target, count: Number(form.get('count')) }),
  )
})

byId('panel').addEventListener('submit', (event) => {
  event.preventDefault()
  const form = new FormData(event.target)
  act('Le webhook de Sendit est réglé.', () => call('POST', '/control/sendit/webhook', Object.fromEntries(form)))
})

byId('break').addEventListener('submit', (event) => {
  event.preventDefault()
  if (event.submitter?.name === 'mend') return act('Tout est réparé.', () => call('DELETE', '/control/faults'))
  const form = new FormData(event.target)
  const number = (name) => (form.get(name) === '' ? {} : { [name]: Number(form.get(name)) })
  act('La panne est en place.', () =>
    call('POST', '/control/faults', {
      provider: form.get('provider'),
      kind: form.get('kind'),
      ...number('times'),
      ...number('seconds'),
    }),
  )
})

/** Offers the faults that the chosen provider can have. */
const offerKinds = (known) => {
  const { provider, kind } = byId('break').elements
  for (const option of kind.options) option.hidden = option.disabled = !known[provider.value].includes(option.value)
  if (kind.selectedOptions[0]?.disabled) kind.value = known[provider.value][0]
}
call('GET', '/control/faults').then(({ kinds: known }) => {
  offerKinds(known)
  byId('break').elements.provider.addEventListener('change', () => offerKinds(known))
})

byId('reset').addEventListener('click', () => {
  if (confirm('Oublier les boutiques, les colis et les messages ?'))
    act('Tout est oublié.', () => call('POST', '/control/reset', {}))
})

const follow = async () => {
  try {
    if (!document.hidden) await refresh()
  } catch {
    say('Le bac à sable ne répond plus.')
  }
  setTimeout(follow, 2000)
}
follow()
