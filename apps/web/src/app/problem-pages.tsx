import { IconCompassOff, IconLock, IconRefresh } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { isRouteErrorResponse, useRouteError } from 'react-router'
import { ApiProblem } from '../lib/api.ts'
import { problemCode, problemText } from '../lib/problem.ts'
import { Button, ButtonLink } from '../ui/button.tsx'
import { Empty, ErrorState } from '../ui/screen-states.tsx'

/** The browser cannot fetch the page's code: after an update a chunk of the former version is gone. */
const isOutdated = (error: unknown): boolean =>
  error instanceof TypeError && /dynamically imported module|module script|preload/i.test(error.message)

/** What is shown instead of a page that failed. */
export const ProblemPage = () => {
  const error = useRouteError()
  const { t } = useTranslation('common')
  const reload = (
    <Button icon={<IconRefresh size={16} stroke={1.75} />} onClick={() => location.reload()}>
      {t('ui.reload')}
    </Button>
  )
  if (isRouteErrorResponse(error) && error.status === 404) return <NotFoundPage />
  if (isOutdated(error) && !navigator.onLine)
    return (
      <ErrorState title={t('problem.offlineTitle')} actions={reload}>
        {t('problem.offlineText')}
      </ErrorState>
    )
  if (isOutdated(error))
    return (
      <ErrorState title={t('problem.updatedTitle')} actions={reload}>
        {t('problem.updatedText')}
      </ErrorState>
    )
  return (
    <ErrorState title={t('problem.title')} actions={reload} code={problemCode(error)}>
      {error instanceof ApiProblem ? problemText(error) : t('problem.text')}
    </ErrorState>
  )
}

export const NotFoundPage = () => {
  const { t } = useTranslation('common')
  return (
    <Empty
      icon={<IconCompassOff size={22} stroke={1.75} />}
      heading="h1"
      title={t('problem.notFoundTitle')}
      action={
        <ButtonLink to="/" variant="filled">
          {t('problem.notFoundAction')}
        </ButtonLink>
      }
    >
      {t('problem.notFoundText')}
    </Empty>
  )
}

/** A page that exists and that the role may not open. */
export const ForbiddenPage = () => {
  const { t } = useTranslation('common')
  return (
    <Empty icon={<IconLock size={22} stroke={1.75} />} heading="h1" title={t('problem.forbiddenTitle')}>
      {t('problem.forbiddenText')}
    </Empty>
  )
}
