/*
 * When somebody is shown more phones than usual (X24). Every phone that is shown is written down; this says when a person
 * should look at what was written. It refuses nothing. Source: product.md X24.
 */

/** Phones in an hour that nobody is told of: an agent makes some thirty-six calls in one. */
export const viewsNeverUnusual = 60
/** So many times the person's own hour, and it is unusual. */
const timesUsual = 2

/** Whether the customers whose phones somebody was shown within an hour are unusually many, by their own hours before. */
export const isUnusualViewing = (customersInHour: number, usualInHour: number): boolean =>
  customersInHour > Math.max(viewsNeverUnusual, timesUsual * usualInHour)
