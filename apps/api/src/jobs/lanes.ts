import { type JobName, jobNames } from './catalogue.ts'

/**
 * Jobs that wait for somebody outside run in a lane of their own: who hangs holds up calls to its like, and never the
 * work that needs nobody (reliability: own lanes per provider).
 */
export const lanes = { own: 4, mail: 2, stores: 3, carriers: 4, messaging: 3 } as const satisfies Record<string, number>
export type Lane = keyof typeof lanes
export const laneNames = Object.keys(lanes) as Lane[]

const callers: Partial<Record<JobName, Lane>> = {
  'mail.send': 'mail',
  'stores.connect': 'stores',
  'stores.subscribe': 'stores',
  'stores.poll': 'stores',
  'stores.disconnect': 'stores',
  'carriers.connect': 'carriers',
  'carriers.sync_places': 'carriers',
  'carriers.poll': 'carriers',
  'parcels.book': 'carriers',
  'parcels.cancel': 'carriers',
  'parcels.refresh': 'carriers',
  'labels.fetch': 'carriers',
  'pickups.request': 'carriers',
  'whatsapp.connect': 'messaging',
  'whatsapp.submit_template': 'messaging',
  'whatsapp.send': 'messaging',
  'whatsapp.fetch_media': 'messaging',
}

/** The jobs of a lane; those that call nobody are in `own`. */
export const jobsOf = (lane: Lane): JobName[] => jobNames.filter((name) => (callers[name] ?? 'own') === lane)
