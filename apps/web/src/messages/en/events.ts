import type { Translation } from '../../lib/translation.ts'
import type { messages as fr } from '../fr/events.ts'

export const messages = {
  order: {
    created: 'Order received or entered',
    edited: 'Order edited',
    moved: 'Order moved',
    undone: 'Action undone',
    assigned: 'Order assigned',
    note_added: 'Note added',
    flagged: 'Order flagged',
    duplicates_found: 'Duplicates found',
    changed_by_shop: 'Changed by the shop',
    anonymised: 'Order anonymised',
  },
  customer: {
    created: 'Customer created',
    phone_revealed: 'Phone revealed',
    erased: 'Customer’s data erased',
  },
  parcel: {
    intended: 'Parcel asked for',
    booked: 'Parcel created at the carrier',
    rejected: 'Parcel refused by the carrier',
    outcome_unknown: 'Creation of the parcel to check',
    status_changed: 'Parcel’s status changed',
    cancel_asked: 'Cancellation of the parcel asked for',
    cancel_refused: 'Cancellation refused by the carrier',
    withdrawn: 'Parcel withdrawn',
  },
  pickup: {
    asked: 'Pick-up asked for',
  },
  labels: {
    asked: 'Labels asked for',
  },
  collection: {
    due: 'Collection due',
    marked: 'Collection marked',
    withdrawn: 'Collection withdrawn',
    undone: 'Collection undone',
  },
  store: {
    created: 'Store added',
    connected: 'Store connected',
    edited: 'Store edited',
    disconnected: 'Store disconnected',
    reconnecting: 'Reconnection started',
    reconnect_needed: 'Store to reconnect',
    consent_given: 'Authorisation given',
    consent_refused: 'Authorisation refused',
    consent_failed: 'Authorisation failed',
    secret_rotated: 'Signing secret renewed',
    sync_asked: 'Reading of the shop asked for',
    uninstalled: 'App removed from the shop',
    erased: 'Store’s data erased',
    customer_redacted: 'Customer erased at the shop’s request',
    customer_data_requested: 'Customer’s data requested by the shop',
  },
  carrier_account: {
    created: 'Carrier account added',
    connected: 'Carrier account connected',
    edited: 'Carrier account edited',
    disabled: 'Carrier account disabled',
    refused: 'Credentials refused by the carrier',
    tested: 'Connection to the carrier tested',
    sync_asked: 'Reading of the places asked for',
  },
  carrier_places: {
    synchronised: 'Carrier’s places read',
    matched: 'City matched to a place',
  },
  carrier_status: {
    mapped: 'Carrier’s word mapped',
  },
  member: {
    joined: 'Member joined',
    edited: 'Member edited',
    role_changed: 'Role changed',
    disabled: 'Access disabled',
    enabled: 'Access enabled',
    signed_in: 'Sign-in',
    signed_out: 'Sign-out',
    sign_in_failed: 'Sign-in refused',
    session_ended: 'Session closed',
    sessions_ended: 'Sessions closed',
    password_changed: 'Password changed',
  },
  invitation: {
    sent: 'Invitation sent',
    revoked: 'Invitation withdrawn',
  },
  merchant: {
    founded: 'Merchant founded',
    edited: 'Merchant edited',
  },
  inbound: {
    replayed: 'Message replayed',
  },
  dead_letter: {
    replayed: 'Job replayed',
    dismissed: 'Job dismissed',
  },
  effect: {
    failed: 'Effect failed',
    not_reversed: 'Effect not reversed',
  },
} satisfies Translation<typeof fr, 'en'>
