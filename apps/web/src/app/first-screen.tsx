import { Navigate } from 'react-router'
import { useCan } from '../lib/me.ts'
import { screensFor } from './screens.ts'

/** The first screen that the role may open. */
export const FirstScreen = () => {
  const [first] = screensFor(useCan()).filter(({ hidden }) => !hidden)
  return <Navigate to={first?.path ?? '/settings/account'} replace />
}
