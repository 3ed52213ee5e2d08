import { type Language, languages } from '@sendocki/domain/language'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { Outlet } from 'react-router'
import { currentLanguage, speak } from '../../lib/i18n.ts'
import { instanceQuery } from '../../lib/instance.ts'
import { Mark } from '../../ui/glyphs.tsx'
import classes from './auth-layout.module.css'
import { PromisePanel } from './promise-panel.tsx'

const askAgainMillis = 3_000

/** A name, the same in every language. */
const brand = 'Sendocki'

/** Frame of the pages for people who are not signed in: the form, and the promise beside it where there is room. */
export const AuthLayout = () => {
  const { t } = useTranslation(['auth', 'common'])
  const { data: instance } = useQuery({
    ...instanceQuery,
    // Beside the sandbox the demo is made while this page is open already: it is offered as soon as it is there.
    refetchInterval: ({ state: { data } }) => (data?.sandbox && !data.demo ? askAgainMillis : false),
  })
  return (
    <div className={classes.page}>
      <div className={classes.side}>
        {instance?.sandbox && (
          <aside className={classes.sandbox} aria-label={t('common:shell.sandbox')}>
            {t('common:shell.sandbox')}
            {instance.sandboxUrl && (
              <a href={instance.sandboxUrl} target="_blank" rel="noreferrer">
                {t('common:shell.sandboxLink')}
              </a>
            )}
          </aside>
        )}
        <header className={classes.header}>
          <Mark size={26} />
          <strong>{brand}</strong>
          <Languages />
        </header>
        <main className={classes.main}>
          <Outlet />
        </main>
        <footer className={classes.footer}>{t('privacy')}</footer>
      </div>
      <PromisePanel demo={instance?.demo ?? false} />
    </div>
  )
}

const Languages = () => {
  const { t } = useTranslation('common')
  const current = currentLanguage()
  const button = (language: Language) => (
    <button
      key={language}
      type="button"
      lang={language}
      className={classes.language}
      aria-pressed={language === current}
      onClick={() => void speak(language)}
    >
      {t(`language.${language}`)}
    </button>
  )
  return (
    <div role="group" aria-label={t('shell.language')} className={classes.languages}>
      {languages.toSorted((one, other) => order[one] - order[other]).map(button)}
    </div>
  )
}

/** The two languages of most readers first. */
const order: Record<Language, number> = { fr: 0, ar: 1, en: 2 }
