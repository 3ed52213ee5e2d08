import { type ReactNode, useState } from 'react'
import { RouterProvider } from 'react-router/dom'
import { createQueries } from '../lib/query.ts'
import { Providers } from './providers.tsx'
import { createRouter } from './router.tsx'

export const App = (): ReactNode => {
  const [queries] = useState(createQueries)
  const [router] = useState(() => createRouter(queries))
  return (
    <Providers queries={queries}>
      <RouterProvider router={router} />
    </Providers>
  )
}
