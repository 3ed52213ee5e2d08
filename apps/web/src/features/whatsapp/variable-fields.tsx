import { Select } from '@mantine/core'
import { type TemplateField, templateFields } from '@sendocki/domain/whatsapp/variables'
import { useTranslation } from 'react-i18next'
import classes from './whatsapp.module.css'

interface VariableFieldsProps {
  /** Null while nobody has said what fills it. */
  readonly variables: readonly (TemplateField | null)[]
  readonly onChange: (at: number, field: TemplateField) => void
}

/** What each order puts into a text. */
export const VariableFields = ({ variables, onChange }: VariableFieldsProps) => {
  const { t } = useTranslation('whatsapp')
  if (variables.length === 0) return null
  return (
    <div className={classes.pair}>
      {variables.map((field, index) => (
        <Select
          // A variable has no identity but its number.
          // biome-ignore lint/suspicious/noArrayIndexKey: see above
          key={index}
          label={t('templates.variable', { number: index + 1 })}
          placeholder={t('templates.chooseField')}
          data={templateFields.map((value) => ({ value, label: t(`templates.field.${value}`) }))}
          allowDeselect={false}
          value={field}
          onChange={(value) => {
            if (value !== null) onChange(index, value as TemplateField)
          }}
        />
      ))}
    </div>
  )
}
