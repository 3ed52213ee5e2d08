import { useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import { useSearchParams } from 'react-router'
import { showToast } from '../../ui/toast.tsx'

const results = ['connecting', 'refused', 'expired'] as const

/** The shop's consent page sends the browser back with the outcome in the address; it is said once, then forgotten. */
export const useReturnFromShop = (): void => {
  const { t } = useTranslation('stores')
  const [params, setParams] = useSearchParams()
  const outcome = results.find((result) => result === params.get('result'))
  useEffect(() => {
    if (!outcome) return
    showToast({ message: t(`returned.${outcome}`), ...(outcome === 'connecting' ? {} : { tone: 'refused' }) })
    const rest = new URLSearchParams(params)
    for (const said of ['result', 'store']) rest.delete(said)
    setParams(rest, { replace: true })
  }, [outcome, params, setParams, t])
}
