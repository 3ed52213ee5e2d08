import type { Translation } from '../../lib/translation.ts'
import type { messages as fr } from '../fr/fields.ts'

export const messages = {
  missing: 'To fill in',
  unknown: 'This field is not expected',
  wrong_type: 'This value does not fit',
  not_in_list: 'Choose a value from the list',
  wrong_format: 'This format does not fit',
  too_short: 'It is too short',
  too_long: 'It is too long',
  too_small: 'The value is too small',
  too_large: 'The value is too large',
  too_few: 'Some are missing',
  too_many: 'There are too many',
  repeated: 'A value is repeated',
  taken: 'This name is taken',
  itself: 'A stage does not lead to itself',
  no_reasons: 'There is no reason for this state',
  not_with_terminal: 'Not where orders end',
  not_for_new: 'New orders do not begin at the end',
  invalid: 'This value does not fit',
  email: 'This e-mail address is incomplete. Example: name@shop.ma',
  password: 'At least 12 characters',
  passwordTooLong: 'At most 128 characters',
  code: 'The code has 6 digits',
} satisfies Translation<typeof fr, 'en'>
