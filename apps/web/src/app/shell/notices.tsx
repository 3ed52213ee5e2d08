/** Filled by what the API offers to the person: events that need them. */
export const Notices = () => null
