import type { Translation } from '../../lib/translation.ts'
import type { messages as fr } from '../fr/account.ts'

export const messages = {
  profile: {
    title: 'Account',
    you: 'You',
    fullName: 'Full name',
    email: 'E-mail',
    emailHint: 'Used to sign in and for mail. It cannot be changed here yet.',
    language: 'Language of the mail you get',
    languageHint: 'The language of the screen is chosen in the menu, at the foot of the navigation.',
    saved: 'Profile saved',
    merchant: 'Merchant',
    merchantName: 'Name of the business',
    mergesIdentical: 'Merge identical orders',
    mergesIdenticalHint:
      'Same store, same number, same items, within ten minutes: the second is cancelled as a duplicate. It can be undone.',
    merchantSaved: 'Name of the business saved',
    memberships: 'Your merchants',
    current: 'open',
    open: 'Open',
  },
  security: {
    title: 'Security',
    password: 'Password',
    passwordHint: 'Changing it closes the other sessions.',
    current: 'Current password',
    next: 'New password',
    nextHint: 'At least 12 characters. A sentence does very well.',
    change: 'Change the password',
    changed: 'Password changed, other sessions closed',
    sessions: 'Sessions',
    sessionsHint: 'The devices that have access to your account.',
    here: 'this session',
    lastSeen: 'Seen',
    started: 'Opened',
    unknownDevice: 'Unknown device',
    device: '{{browser}} on {{system}}',
    revoke: 'Close',
    revokeNamed: 'Close the session {{device}}',
    revoked: 'Session closed',
  },
} satisfies Translation<typeof fr, 'en'>
