import { PasswordInput, type PasswordInputProps } from '@mantine/core'
import { IconEye, IconEyeOff } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'

/** A password that can be looked at while it is typed. Pasting is always allowed. */
export const PasswordField = (props: PasswordInputProps) => {
  const { t } = useTranslation('common')
  return (
    <PasswordInput
      {...props}
      visibilityToggleIcon={({ reveal }) =>
        reveal ? <IconEyeOff size={16} stroke={1.75} aria-hidden /> : <IconEye size={16} stroke={1.75} aria-hidden />
      }
      visibilityToggleButtonProps={{ 'aria-label': t('ui.showPassword'), tabIndex: 0 }}
    />
  )
}
