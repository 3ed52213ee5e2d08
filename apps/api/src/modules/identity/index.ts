import type { Api } from '../../http/api.ts'
import { accountRoutes } from './account.routes.ts'
import { authRoutes } from './auth.routes.ts'

export { confirmPerson } from './confirming.commands.ts'
export { identityJobs } from './identity.jobs.ts'
export { sendMail } from './mails.ts'
export { type Person, recordForPerson } from './people.commands.ts'
export { moveSession, openSession } from './sessions.commands.ts'
export { foundMerchant, type NewMerchant } from './sign-up.commands.ts'
export { insertMember } from './sign-up.queries.ts'
export { type Attempt, returnTries, takeTries } from './tries.commands.ts'
export { findMerchant, findUser, findUserByEmail, insertUser } from './users.queries.ts'

export const identityRoutes = (app: Api): void => {
  authRoutes(app)
  accountRoutes(app)
}
