import { builtInRoles, type Permission, personalPermissions, roleKeys } from '@sendocki/domain/permissions'
import { expect, it } from 'vitest'
import { contractOf, sampleOf } from '../support/contract.ts'
import { fixtures, startPlayedApi } from '../support/fixtures.ts'
import { keyRoles } from '../support/founding.ts'

const api = await startPlayedApi({ checkAnswers: false })
const { operations, schemas } = contractOf(api.app)
const existing = await fixtures(api)

const fill = (path: string): string =>
  path
    .replace('/api/v1', '')
    .replaceAll(/([a-z-]+)\/\{[^}]+\}/g, (_all, noun: string) => `${noun}/${existing[noun] ?? crypto.randomUUID()}`)

const guarded = operations.filter(
  ({ path, permission }) =>
    path.startsWith('/api/v1') && !path.endsWith('/stream') && !['public', 'session'].includes(permission),
)

for (const role of roleKeys) {
  const rights = new Set<Permission>(builtInRoles[role].permissions)
  const closed = guarded.filter(({ permission }) => !rights.has(permission as Permission))
  it.each(closed.map((operation) => [operation.name, operation] as const))(
    `${role} may not %s`,
    async (_name, { path, method, body }) => {
      const payload = body ? sampleOf(body, schemas) : undefined
      const headers = {
        'idempotency-key': crypto.randomUUID(),
        ...(body ? { 'content-type': 'application/json' } : {}),
      }
      const client = api.as(role)
      const answer =
        method === 'get' ? await client.get(fill(path)) : await client[method](fill(path), payload, headers)
      expect(answer.status).toBe(403)
      expect(answer.body.code).toBe('auth.forbidden')
    },
  )
}

for (const role of keyRoles) {
  const rights = new Set<Permission>(builtInRoles[role].permissions)
  const personal = new Set<string>(['session', ...personalPermissions])
  const closed = operations.filter(
    ({ path, permission }) =>
      path.startsWith('/api/v1') &&
      (personal.has(permission) || (permission !== 'public' && !rights.has(permission as Permission))),
  )
  it.each(closed.map((operation) => [operation.name, operation] as const))(
    `a key of a ${role} may not %s`,
    async (_name, { path, method, body, permission }) => {
      const payload = body ? sampleOf(body, schemas) : undefined
      const client = api.asKey(role)
      const answer = method === 'get' ? await client.get(fill(path)) : await client[method](fill(path), payload)
      expect(answer.status).toBe(403)
      expect(answer.body.code).toBe(personal.has(permission) ? 'auth.person_required' : 'auth.forbidden')
    },
  )
}

it.each(guarded.map((operation) => [operation.name, operation] as const))(
  'a stranger may not %s',
  async (_name, { path, method }) => {
    const stranger = api.withToken(null)
    const answer = method === 'get' ? await stranger.get(fill(path)) : await stranger[method](fill(path), {})
    expect(answer.status).toBe(401)
  },
)

it('leaves the owner shut out of nothing', () => {
  const rights = new Set<Permission>(builtInRoles.owner.permissions)
  expect(guarded.filter(({ permission }) => !rights.has(permission as Permission)).map(({ name }) => name)).toEqual([])
})

/** The matrix of product.md 4 as far as there are operations: who may, whatever the rows and fields they then see. */
const all = ['owner', 'manager', 'confirmation_agent', 'delivery_agent', 'viewer']
const lead = ['owner', 'manager']
const matrix: readonly (readonly [row: string, who: readonly string[], operations: string])[] = [
  ['dashboard', all, 'getToday countDuplicatesShipped'],
  ['orders: read', all, 'getBoard listOrders countOrders getOrder listOrderDuplicates listOrderEvents'],
  ['orders: what they cost, who has them', all, 'getOrderFees getOrderHolder listOrderMarks'],
  ['orders: whose word their options are', all, 'listOptionOrigins'],
  ['orders: find, follow', all, 'searchEverything listEvents openStream getPipeline listPipelineTemplates'],
  ['orders: create, edit', [...lead, 'confirmation_agent'], 'createOrder editOrder repairOrder addOrderNote'],
  ['orders: duplicates', [...lead, 'confirmation_agent'], 'decideOrderDuplicates'],
  ['orders: move', [...lead, 'confirmation_agent', 'delivery_agent'], 'moveOrder undoOrder'],
  ['orders: assign', lead, 'assignOrder'],
  ['orders: many at once, each as far as one', all, 'createBulkOperation stopBulkOperation undoBulkOperation'],
  ['orders: many at once, read', all, 'listBulkOperations getBulkOperation listBulkRows'],
  ['orders: own views', all, 'listViews createView editView deleteView orderViews'],
  ['orders: files', lead, 'createExport getExport getExportFile'],
  ['city spellings', lead, 'listCitySpellings createCitySpelling undoCitySpelling forgetCitySpelling'],
  ['calls: settings, scripts: read', [...lead, 'confirmation_agent'], 'getCallSettings listCallScripts'],
  ['calls: settings, scripts', lead, 'changeCallSettings createCallScript editCallScript deleteCallScript'],
  ['calls: the telephone exchange', lead, 'getPbx connectPbx disconnectPbx'],
  ['risk', lead, 'getRiskSettings changeRiskSettings getRiskTrial startRiskTrial'],
  [
    'products: read',
    [...lead, 'confirmation_agent', 'viewer'],
    'listProducts getProduct getProductPhoto searchVariants',
  ],
  ['products: what shops sell', [...lead, 'confirmation_agent', 'viewer'], 'listShopProducts'],
  ['products: add, change', lead, 'createProduct editProduct archiveProduct restoreProduct createVariant editVariant'],
  ['products: photo', lead, 'giveProductPhoto removeProductPhoto'],
  ['products: review', lead, 'linkShopProduct adoptShopProduct ignoreShopProduct reopenShopProduct'],
  [
    'customers: read',
    all,
    'listCustomers countCustomers getCustomer listCustomerOrders listCustomerNotes listCustomerAttempts',
  ],
  ['customers: note', [...lead, 'confirmation_agent'], 'addCustomerNote'],
  ['customers: edit, block', lead, 'editCustomer blockCustomer unblockCustomer exceptCustomerOrder'],
  ['segments', lead, 'listSegments createSegment previewSegment editSegment deleteSegment'],
  ['customers: merge, forget', lead, 'listCustomerTwins mergeCustomers undoCustomerMerge anonymiseCustomer'],
  [
    'calls',
    [...lead, 'confirmation_agent'],
    'getCallQueue claimCall getCall renewCall dialCall releaseCall saveCallOutcome readCallbackTime pauseCalls listIncomingCalls',
  ],
  ['calls: ask a colleague', [...lead, 'confirmation_agent'], 'askForCustomer handOverCall keepCall'],
  ['calls: the floor', lead, 'takeOverCall getCallFloor'],
  ['customers: from a file', lead, 'createImport listImports getImport listImportRows getRefusedImportRows'],
  ['customers: import, undo', lead, 'mapImport tryImport runImport stopImport undoImport changeImportRow'],
  ['parcels, carriers: read', [...lead, 'delivery_agent', 'viewer'], 'listParcels getParcel listCarriers'],
  ['parcels: make and cancel', lead, 'createParcels cancelParcel refreshParcel'],
  ['parcels: papers', lead, 'createLabels getLabelSheet getLabelFile listPickups createPickup'],
  ['papers of our own', lead, 'createPaper getPaper cancelPaper getPaperFile'],
  ['parcels without API', lead, 'createManualParcel editParcel createTrackingEvent createTrackingEvents receiveReturn'],
  ['parcels without API: undo, sheet', lead, 'undoTrackingOperation writeCarrierSheet'],
  ['carrier files', lead, 'uploadCarrierFile getCarrierFile listCarrierFileRows tryCarrierFile runCarrierFile'],
  ['own deliveries', [...lead, 'delivery_agent'], 'getDriverRoute settleDelivery undoDelivery'],
  ['cash: read', lead, 'listCollections summariseCollections listLedgerBalances listLedgerEntries'],
  ['cash: mark', lead, 'markCollections undoCollectionOperation'],
  [
    'conversations: read',
    [...lead, 'confirmation_agent'],
    'listConversations countConversations getConversation listMessages listQuickReplies listWhatsAppNumbers',
  ],
  ['conversations: templates', [...lead, 'confirmation_agent'], 'listWhatsAppTemplates previewWhatsAppTemplate'],
  [
    'conversations: answer',
    [...lead, 'confirmation_agent'],
    'startConversation sendMessage addConversationNote assignConversation markConversationRead settleProposal',
  ],
  ['conversations: order', [...lead, 'confirmation_agent'], 'createConversationOrder'],
  ['conversations: quick replies', [...lead, 'confirmation_agent'], 'createQuickReply deleteQuickReply'],
  ['conversations: files', [...lead, 'confirmation_agent'], 'listMediaLibrary getMedia uploadMedia fetchMediaAgain'],
  ['conversations: file library', [...lead, 'confirmation_agent'], 'keepMedia letMediaGo'],
  ['WhatsApp: numbers', lead, 'createWhatsAppNumber getWhatsAppNumber editWhatsAppNumber testWhatsAppNumber'],
  ['WhatsApp: templates', lead, 'disconnectWhatsAppNumber createWhatsAppTemplate editWhatsAppTemplate'],
  ['automations: read', lead, 'listAutomations getAutomation listAutomationRuns getAutomationRun'],
  ['automations', lead, 'createAutomation editAutomation deleteAutomation previewAutomation'],
  ['automations: costs', lead, 'getAutomationSettings changeAutomationSettings getAutomationCosts'],
  ['members', lead, 'listMembers getMember listRoles editMember disableMember enableMember endMemberSessions'],
  ['members: invite, reassign', lead, 'listInvitations inviteMember revokeInvitation reassignMember'],
  ['stores', lead, 'listStores getStore createStore updateStore disconnectStore reconnectStore'],
  ['stores: keys and readings', lead, 'rotateStoreSecret syncStore testStore'],
  ['what came in', lead, 'listInbound getInbound replayInbound'],
  ['what failed', lead, 'listDeadLetters getDeadLetter replayDeadLetter dismissDeadLetter'],
  ['carrier accounts: read', lead, 'listCarrierAccounts getCarrierAccount listCarrierPlaces listCarrierFees'],
  ['carrier accounts', lead, 'createCarrierAccount editCarrierAccount disableCarrierAccount testCarrierAccount'],
  ['carrier fees: ahead', lead, 'listComingFees setCarrierFee removeComingFee'],
  ['carrier places', lead, 'matchCarrierPlaces syncCarrierPlaces listUnknownStatuses mapUnknownStatus'],
  ['carrier sheets', lead, 'getSheetLayout chooseSheetLayout'],
  ['merchant', lead, 'getMerchant editMerchant getOnboarding editOnboarding getSamples'],
  ['merchant: sample orders', ['owner'], 'addSamples removeSamples'],
  ['stages: add, change, delete', lead, 'createStage updateStage deleteStage tryStage orderStages'],
  ['stages: templates, reasons', lead, 'applyPipelineTemplate createReason updateReason'],
  ['audit log', lead, 'listAuditEntries'],
  ['API keys', lead, 'listApiKeys createApiKey getApiKey revokeApiKey'],
]

it('keeps to the matrix, in which every operation that asks for a right has its place', () => {
  const asking = operations.filter(({ permission }) => permission !== 'public' && permission !== 'session')
  const placed = matrix.flatMap(([, , names]) => names.split(' '))
  expect(placed.toSorted()).toEqual(asking.map(({ operationId }) => operationId).toSorted())
  for (const [row, who, names] of matrix)
    for (const name of names.split(' ')) {
      const permission = asking.find(({ operationId }) => operationId === name)?.permission as Permission
      const may = roleKeys.filter((role) => builtInRoles[role].permissions.includes(permission))
      expect([row, name, may]).toEqual([row, name, who])
    }
})
