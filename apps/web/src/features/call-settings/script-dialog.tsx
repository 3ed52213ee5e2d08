import { Select, Textarea } from '@mantine/core'
import { useForm } from '@mantine/form'
import { useDebouncedValue } from '@mantine/hooks'
import { type CallScript, scriptVariables, unknownVariables } from '@sendocki/domain/calls/script'
import { type Tongue, tongues } from '@sendocki/domain/messages/buyer-message'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { filled } from '../../lib/checks.ts'
import { problemCode, problemText } from '../../lib/problem.ts'
import { useFormMutation } from '../../lib/use-form-mutation.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { FormProblem } from '../../ui/form-problem.tsx'
import { showToast } from '../../ui/toast.tsx'
import { createScript, editScript, productChoicesQuery, scriptsQuery } from './call-settings.api.ts'
import classes from './call-settings.module.css'

interface ScriptDialogProps {
  /** Null: a new one. */
  readonly script: CallScript | null
  readonly onClose: () => void
}

/** Writes a script: for which product, in which tongue, and the text with words that an order fills. */
export const ScriptDialog = ({ script, onClose }: ScriptDialogProps) => {
  const { t } = useTranslation('callSettings')
  return (
    <Dialog opened onClose={onClose} size="lg" title={t(script ? 'scripts.editTitle' : 'scripts.add')}>
      <ScriptForm script={script} onClose={onClose} />
    </Dialog>
  )
}

const ScriptForm = ({ script, onClose }: ScriptDialogProps) => {
  const { t } = useTranslation(['callSettings', 'common'])
  const queries = useQueryClient()
  const form = useForm({
    initialValues: {
      productId: script?.productId ?? null,
      tongue: script?.tongue ?? ('fr' as Tongue),
      text: script?.text ?? '',
    },
    validate: {
      text: (text) => {
        const [unknown] = unknownVariables(text)
        return unknown === undefined ? filled(text) : t('scripts.unknown', { name: unknown })
      },
    },
  })
  const { submit, problem, pending } = useFormMutation({
    form,
    send: (values) => (script ? editScript(script.id, script.version, values.text) : createScript(values)),
    onDone: async () => {
      showToast({ message: t('scripts.saved') })
      onClose()
      await queries.invalidateQueries({ queryKey: scriptsQuery.queryKey })
    },
    fieldOf: { 'call_script.taken': 'tongue', 'call_script.unknown_variable': 'text' },
    textOf: problemText,
  })
  return (
    <form className={classes.dialog} onSubmit={submit} noValidate>
      {script === null && (
        <div className={classes.pair}>
          <ProductChoice
            value={form.values.productId}
            error={form.errors['productId']}
            onChange={(id) => form.setFieldValue('productId', id)}
          />
          <Select
            label={t('scripts.tongue')}
            data={tongues.map((value) => ({ value, label: t(`tongue.${value}`) }))}
            allowDeselect={false}
            {...form.getInputProps('tongue')}
          />
        </div>
      )}
      <Textarea
        label={t('scripts.text')}
        dir="auto"
        autosize
        minRows={6}
        maxRows={16}
        maxLength={4_000}
        data-autofocus
        {...form.getInputProps('text')}
      />
      <div className={classes.variables} role="group" aria-label={t('scripts.variables')}>
        {scriptVariables.map((name) => (
          <Button
            key={name}
            size="small"
            onClick={() => form.setFieldValue('text', (text) => `${text}{${name}}`)}
            aria-label={t('scripts.insert', { name: t(`variable.${name}`) })}
          >
            {t(`variable.${name}`)}
          </Button>
        ))}
      </div>
      {problem !== null && <FormProblem code={problemCode(problem)}>{problemText(problem)}</FormProblem>}
      <div className={classes.foot}>
        <Button type="submit" variant="filled" size="form" pending={pending}>
          {t('common:ui.save')}
        </Button>
        <Button variant="quiet" size="form" onClick={onClose}>
          {t('common:ui.cancel')}
        </Button>
      </div>
    </form>
  )
}

interface ProductChoiceProps {
  readonly value: string | null
  readonly error: React.ReactNode
  readonly onChange: (id: string | null) => void
}

/** Left empty, the script is for every product without one of its own. */
const ProductChoice = ({ value, error, onChange }: ProductChoiceProps) => {
  const { t } = useTranslation('callSettings')
  const [typed, setTyped] = useState('')
  const [asked] = useDebouncedValue(typed.trim(), 200)
  const { data } = useQuery(productChoicesQuery(asked))
  return (
    <Select
      label={t('scripts.product')}
      placeholder={t('scripts.allProducts')}
      data={(data?.items ?? []).map(({ id, name }) => ({ value: id, label: name }))}
      searchable
      clearable
      clearButtonProps={{ 'aria-label': t('scripts.allProducts') }}
      nothingFoundMessage={t('scripts.noProduct')}
      searchValue={typed}
      onSearchChange={setTyped}
      value={value}
      onChange={onChange}
      error={error}
    />
  )
}
