import { fillScript, scriptFor } from '@sendocki/domain/calls/script'
import { type Tongue, tongues } from '@sendocki/domain/messages/buyer-message'
import { orderNumberText } from '@sendocki/domain/orders/number'
import type { Order } from '@sendocki/domain/orders/order'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useMe } from '../../lib/me.ts'
import { useCityName } from '../../lib/places.ts'
import { keepPreference, keptPreference, preferenceKeys } from '../../lib/preferences.ts'
import { Button } from '../../ui/button.tsx'
import { useFormats } from '../../ui/formats.ts'
import { Words } from '../../ui/numbers.tsx'
import { scriptsQuery } from './calls.api.ts'
import classes from './calls.module.css'

/** What to read out, in the tongue that was chosen last; nothing where the merchant wrote none. */
export const ScriptCard = ({ order }: { order: Order }) => {
  const { t } = useTranslation('calls')
  const { data } = useQuery(scriptsQuery)
  const [kept, setKept] = useState(() => keptPreference(preferenceKeys.tongue))
  const facts = useFacts(order)
  const productIds = order.lines.flatMap(({ productId }) => (productId === null ? [] : [productId]))
  const spoken = tongues.flatMap((tongue) => {
    const script = scriptFor(data?.items ?? [], tongue, productIds)
    return script ? [{ tongue, text: script.text }] : []
  })
  const shown = spoken.find(({ tongue }) => tongue === kept) ?? spoken[0]
  if (!shown) return null
  const speak = (tongue: Tongue): void => {
    keepPreference(preferenceKeys.tongue, tongue)
    setKept(tongue)
  }
  return (
    <section className={classes.card} aria-labelledby="script">
      <header>
        <h3 id="script">{t('script.title')}</h3>
        <span className={classes.stepper}>
          {spoken.map(({ tongue }) => (
            <Button key={tongue} size="small" aria-pressed={tongue === shown.tongue} onClick={() => speak(tongue)}>
              {t(`script.tongue.${tongue}`)}
            </Button>
          ))}
        </span>
      </header>
      <p className={classes.script} dir="auto">
        <Words lines>{fillScript(shown.text, facts)}</Words>
      </p>
    </section>
  )
}

const useFacts = (order: Order) => {
  const { user, merchant } = useMe()
  const cityName = useCityName()
  const { money } = useFormats()
  const { city, cityText } = order.shippingAddress
  const sum = order.codAmountCentimes === null ? null : money(order.codAmountCentimes, 'auto')
  return {
    customer: order.customer.name,
    shop: merchant?.name ?? null,
    number: orderNumberText(order.number),
    products: order.lines.map(({ name, quantity }) => `${quantity} × ${name}`).join(', ') || null,
    amount: sum && (sum.unitFirst ? `${sum.unit} ${sum.number}` : `${sum.number} ${sum.unit}`),
    city: city ? cityName(city) : cityText,
    agent: user.fullName || null,
  }
}
