import { Checkbox, Select, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { type Language, languages } from '@sendocki/domain/language'
import { useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { filled } from '../../lib/checks.ts'
import { install, useInstallWay } from '../../lib/install.ts'
import { meQuery, useCan, useMe } from '../../lib/me.ts'
import { problemCode, problemText } from '../../lib/problem.ts'
import { useFormMutation } from '../../lib/use-form-mutation.ts'
import { Button } from '../../ui/button.tsx'
import { FormProblem } from '../../ui/form-problem.tsx'
import { Code } from '../../ui/numbers.tsx'
import { Page, Section } from '../../ui/page.tsx'
import { showToast } from '../../ui/toast.tsx'
import { editMe, editMerchant } from './account.api.ts'
import classes from './account.module.css'

/** Who I am, the merchant's name and what machines may decide, and the app on this device. */
export const AccountPage = () => {
  const { t } = useTranslation('account')
  const me = useMe()
  const can = useCan()
  return (
    <Page title={t('profile.title')}>
      <ProfileForm key={me.user.version} />
      {me.merchant && can('merchant.edit') && <MerchantForm key={me.merchant.version} />}
      <InstallSection />
    </Page>
  )
}

const ProfileForm = () => {
  const { t } = useTranslation(['account', 'common'])
  const { user } = useMe()
  const queries = useQueryClient()
  const form = useForm({
    mode: 'uncontrolled',
    initialValues: { fullName: user.fullName, language: user.language as Language },
    validate: { fullName: filled },
  })
  const { submit, problem, pending } = useFormMutation({
    form,
    send: ({ fullName, language }) => editMe({ version: user.version, fullName: fullName.trim(), language }),
    onDone: async () => {
      await queries.refetchQueries({ queryKey: meQuery.queryKey })
      showToast({ message: t('profile.saved') })
    },
    textOf: problemText,
  })
  return (
    <Section title={t('profile.you')}>
      <form className={classes.form} onSubmit={submit} noValidate>
        <TextInput
          label={t('profile.fullName')}
          autoComplete="name"
          dir="auto"
          maxLength={120}
          key={form.key('fullName')}
          {...form.getInputProps('fullName')}
        />
        <div>
          <span className={classes.label}>{t('profile.email')}</span>
          <Code>{user.email}</Code>
          <p className={classes.hint}>{t('profile.emailHint')}</p>
        </div>
        <Select
          label={t('profile.language')}
          description={t('profile.languageHint')}
          data={languages.map((value) => ({ value, label: t(`common:language.${value}`) }))}
          key={form.key('language')}
          {...form.getInputProps('language')}
        />
        {problem !== null && <FormProblem code={problemCode(problem)}>{problemText(problem)}</FormProblem>}
        <div>
          <Button type="submit" variant="filled" pending={pending}>
            {t('common:ui.save')}
          </Button>
        </div>
      </form>
    </Section>
  )
}

const MerchantForm = () => {
  const { t } = useTranslation(['account', 'common'])
  const { merchant } = useMe()
  const queries = useQueryClient()
  const form = useForm({
    mode: 'uncontrolled',
    initialValues: { name: merchant?.name ?? '', mergesIdentical: merchant?.mergesIdentical ?? false },
    validate: { name: filled },
  })
  const { submit, problem, pending } = useFormMutation({
    form,
    send: ({ name, mergesIdentical }) =>
      editMerchant({ version: merchant?.version ?? 1, name: name.trim(), mergesIdentical }),
    onDone: async () => {
      await queries.refetchQueries({ queryKey: meQuery.queryKey })
      showToast({ message: t('profile.merchantSaved') })
    },
    textOf: problemText,
  })
  return (
    <Section title={t('profile.merchant')}>
      <form className={classes.form} onSubmit={submit} noValidate>
        <TextInput
          label={t('profile.merchantName')}
          dir="auto"
          maxLength={120}
          key={form.key('name')}
          {...form.getInputProps('name')}
        />
        <Checkbox
          label={t('profile.mergesIdentical')}
          description={t('profile.mergesIdenticalHint')}
          key={form.key('mergesIdentical')}
          {...form.getInputProps('mergesIdentical', { type: 'checkbox' })}
        />
        {problem !== null && <FormProblem code={problemCode(problem)}>{problemText(problem)}</FormProblem>}
        <div>
          <Button type="submit" pending={pending}>
            {t('common:ui.save')}
          </Button>
        </div>
      </form>
    </Section>
  )
}

const InstallSection = () => {
  const { t } = useTranslation('common')
  const way = useInstallWay()
  const words = { prompt: 'install.hint', ios: 'install.ios', done: 'install.done' } as const
  return (
    <Section title={t('install.title')} hint={t(way === null ? 'install.menu' : words[way])}>
      {way === 'prompt' && (
        <div>
          <Button onClick={() => void install()}>{t('install.action')}</Button>
        </div>
      )}
    </Section>
  )
}
