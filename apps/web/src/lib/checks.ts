import { passwordLengthMax, passwordLengthMin } from '@sendocki/domain/identity/password-length'
import { fieldText } from './problem.ts'

// Checks of single fields, for `validate` of a form: the sentence of what is wrong, or null. The API checks again.

export const filled = (value: string): string | null => (value.trim() === '' ? fieldText('missing') : null)

export const email = (value: string): string | null =>
  filled(value) ?? (/^[^\s@<>"(),;:\\]{1,64}@[^\s@]+\.[A-Za-z]{2,63}$/.test(value.trim()) ? null : fieldText('email'))

/** A password to be: its length only, in characters as people count them. */
export const newPassword = (value: string): string | null => {
  const { length } = [...value]
  if (length < passwordLengthMin) return fieldText('password')
  return length > passwordLengthMax ? fieldText('passwordTooLong') : null
}

export const code = (value: string): string | null => (/^\d{6}$/.test(value.trim()) ? null : fieldText('code'))
