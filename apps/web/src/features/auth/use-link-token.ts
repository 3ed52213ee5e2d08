import { useEffect, useState } from 'react'
import { useNavigate, useSearchParams } from 'react-router'

/**
 * The token of a link that came by mail. It opens a door, so it is taken out of the address at once: neither the
 * history nor a page that is shared keeps it.
 */
export const useLinkToken = (): string | null => {
  const [params] = useSearchParams()
  const navigate = useNavigate()
  const [token] = useState(() => params.get('token'))
  useEffect(() => {
    if (params.has('token')) void navigate({ search: '' }, { replace: true })
  }, [params, navigate])
  return token
}
