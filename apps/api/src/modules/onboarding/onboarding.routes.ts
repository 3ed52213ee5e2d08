import { EditOnboarding, Onboarding } from '@sendocki/domain/onboarding/onboarding'
import { ref } from '@sendocki/domain/schema'
import { type Api, problems } from '../../http/api.ts'
import { editOnboarding, readOnboarding } from './onboarding.commands.ts'

const tags = ['Account']

export const onboardingRoutes = (app: Api): void => {
  app.get(
    '/onboarding',
    {
      config: { permission: 'merchant.read' },
      schema: {
        operationId: 'getOnboarding',
        tags,
        summary: 'The first steps of the merchant, each as the facts have it',
        response: { 200: ref(Onboarding), ...problems },
      },
    },
    (req) => readOnboarding(req.ctx),
  )
  app.patch(
    '/onboarding',
    {
      config: { permission: 'merchant.edit' },
      schema: {
        operationId: 'editOnboarding',
        tags,
        summary: 'Skips steps, asks for them again, or puts the reminder away; no step becomes done by it',
        body: ref(EditOnboarding),
        response: { 200: ref(Onboarding), ...problems },
      },
    },
    (req) => editOnboarding(req.ctx, req.body),
  )
}
