import type { messages } from '../../messages/fr/dead-letters.ts'

type JobKey = keyof (typeof messages)['job']

const known: readonly JobKey[] = [
  'inbox_process',
  'stores_connect',
  'stores_subscribe',
  'stores_poll',
  'stores_disconnect',
  'stores_erase',
  'effects_run',
  'effects_compensate',
  'parcels_book',
  'parcels_cancel',
  'parcels_refresh',
  'parcels_resume',
  'labels_fetch',
  'tracking_process',
  'tracking_reread',
  'carriers_connect',
  'carriers_sync_places',
  'carriers_poll',
  'pickups_request',
  'whatsapp_connect',
  'whatsapp_submit_template',
  'whatsapp_send',
  'whatsapp_process',
  'automations_send',
  'automations_follow',
  'automations_answer',
  'automations_silence',
]

/** The catalogue's word for a job; one that the app does not know yet is named as such, its code beside it. */
export const jobWord = (job: string): `job.${JobKey}` => {
  const key = job.replaceAll('.', '_')
  return `job.${known.find((name) => name === key) ?? 'other'}`
}
