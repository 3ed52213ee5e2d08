/** Everything that the clock starts, in UTC. Each line enqueues a job that looks over all merchants. */
export const crontab = `
*/10 * * * * schedule.stores
*/30 * * * * schedule.carriers
17 * * * * schedule.cleanup
`
