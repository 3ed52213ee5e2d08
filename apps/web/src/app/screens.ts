import type { Permission } from '@sendocki/domain/permissions'
import {
  IconBrandWhatsapp,
  IconHeadset,
  IconLayoutDashboard,
  IconMessageBolt,
  IconPackages,
  IconSettings,
  IconTag,
  IconTruckDelivery,
  IconUsers,
} from '@tabler/icons-react'
import type { ComponentType } from 'react'
import { loadMessages } from '../lib/i18n.ts'
import type { French, Noun } from '../messages/french.ts'

/** A page and its words, fetched together when it is first opened. */
const screen =
  (load: () => Promise<ComponentType>, ...nouns: Noun[]) =>
  async (): Promise<{ Component: ComponentType }> => {
    const [Component] = await Promise.all([load(), loadMessages(...nouns)])
    return { Component }
  }

export type GroupId =
  | 'today'
  | 'orders'
  | 'conversations'
  | 'customers'
  | 'catalogue'
  | 'delivery'
  | 'automations'
  | 'settings'

export interface Screen {
  readonly path: string
  readonly label: `nav.${keyof French['common']['nav']}`
  readonly group: GroupId
  /** Who may open it; null for everybody signed in. */
  readonly permission: Permission | null
  readonly lazy: () => Promise<{ Component: ComponentType }>
  /** Reached from another screen only, like an order's own page: not in navigation and palette. */
  readonly hidden?: boolean
  /** Fills the window: navigation and bottom bar stay away while it leads through something. */
  readonly whole?: boolean
  /** Stands in the bottom bar of a phone. */
  readonly phone?: boolean
  /** Its own sign there; without one it is the group's. */
  readonly icon?: typeof IconPackages
}

export const groups: readonly {
  readonly id: GroupId
  readonly label: Screen['label']
  readonly icon: typeof IconPackages
}[] = [
  { id: 'today', label: 'nav.today', icon: IconLayoutDashboard },
  { id: 'orders', label: 'nav.orders', icon: IconPackages },
  { id: 'conversations', label: 'nav.conversations', icon: IconBrandWhatsapp },
  { id: 'customers', label: 'nav.customers', icon: IconUsers },
  { id: 'catalogue', label: 'nav.catalogue', icon: IconTag },
  { id: 'delivery', label: 'nav.delivery', icon: IconTruckDelivery },
  { id: 'automations', label: 'nav.automations', icon: IconMessageBolt },
  { id: 'settings', label: 'nav.settings', icon: IconSettings },
]

/** Every screen behind the sign-in, in the order of the navigation. Router, navigation and palette read this list. */
export const screens: readonly Screen[] = [
  {
    path: '/today',
    label: 'nav.today',
    group: 'today',
    permission: 'dashboard.read',
    phone: true,
    lazy: screen(async () => (await import('../features/reports/today.page.tsx')).TodayPage, 'reports'),
  },
  {
    path: '/orders/board',
    label: 'nav.kanban',
    group: 'orders',
    permission: 'orders.read',
    phone: true,
    lazy: screen(async () => (await import('../features/orders/board.page.tsx')).BoardPage, 'orders'),
  },
  {
    path: '/orders/table',
    label: 'nav.table',
    group: 'orders',
    permission: 'orders.read',
    lazy: screen(async () => (await import('../features/orders/table.page.tsx')).TablePage, 'orders'),
  },
  {
    path: '/calls',
    label: 'nav.calls',
    group: 'orders',
    permission: 'calls.work',
    phone: true,
    icon: IconHeadset,
    lazy: screen(async () => (await import('./call-screen.tsx')).CallScreen, 'calls'),
  },
  {
    path: '/calls/floor',
    label: 'nav.callFloor',
    group: 'orders',
    permission: 'calls.supervise',
    lazy: screen(async () => (await import('../features/calls/floor.page.tsx')).FloorPage, 'calls'),
    hidden: true,
  },
  {
    path: '/orders/tray',
    label: 'nav.tray',
    group: 'orders',
    permission: 'orders.edit',
    lazy: screen(async () => (await import('../features/tray/tray.page.tsx')).TrayPage, 'tray', 'orders'),
  },
  {
    path: '/orders/duplicates',
    label: 'nav.duplicates',
    group: 'orders',
    permission: 'orders.edit',
    lazy: screen(
      async () => (await import('../features/orders/duplicates/duplicates.page.tsx')).DuplicatesPage,
      'duplicates',
      'orders',
    ),
  },
  {
    path: '/orders/new',
    label: 'nav.newOrder',
    group: 'orders',
    permission: 'orders.create',
    lazy: screen(async () => (await import('../features/orders/new-order.page.tsx')).NewOrderPage, 'orders', 'fields'),
    hidden: true,
  },
  {
    path: '/orders/:id',
    label: 'nav.order',
    group: 'orders',
    permission: 'orders.read',
    lazy: screen(async () => (await import('../features/orders/order.page.tsx')).OrderPage, 'orders', 'fields'),
    hidden: true,
  },
  {
    path: '/conversations',
    label: 'nav.conversations',
    group: 'conversations',
    permission: 'conversations.read',
    lazy: screen(async () => (await import('../features/whatsapp/inbox.page.tsx')).InboxPage, 'whatsapp'),
  },
  {
    path: '/customers',
    label: 'nav.customers',
    group: 'customers',
    permission: 'customers.read',
    lazy: screen(
      async () => (await import('../features/customers/customers.page.tsx')).CustomersPage,
      'customers',
      'orders',
      'calls',
      'fields',
    ),
  },
  {
    path: '/segments',
    label: 'nav.segments',
    group: 'customers',
    permission: 'segments.read',
    lazy: screen(
      async () => (await import('../features/segments/segments.page.tsx')).SegmentsPage,
      'segments',
      'fields',
    ),
  },
  {
    path: '/products',
    label: 'nav.products',
    group: 'catalogue',
    permission: 'products.read',
    lazy: screen(
      async () => (await import('../features/products/products.page.tsx')).ProductsPage,
      'products',
      'fields',
    ),
  },
  {
    path: '/shop-products',
    label: 'nav.review',
    group: 'catalogue',
    permission: 'products.edit',
    lazy: screen(async () => (await import('../features/products/review.page.tsx')).ReviewPage, 'products', 'fields'),
  },
  {
    path: '/parcels',
    label: 'nav.parcels',
    group: 'delivery',
    permission: 'parcels.read',
    lazy: screen(async () => (await import('../features/parcels/parcels.page.tsx')).ParcelsPage, 'parcels', 'orders'),
  },
  {
    path: '/collection',
    label: 'nav.collection',
    group: 'delivery',
    permission: 'cash.read',
    lazy: screen(async () => (await import('../features/cash/collection.page.tsx')).CollectionPage, 'cash', 'fields'),
    phone: true,
  },
  {
    path: '/carrier-files',
    label: 'nav.carrierFiles',
    group: 'delivery',
    permission: 'parcels.edit',
    lazy: screen(
      async () => (await import('../features/carrier-files/carrier-files.page.tsx')).CarrierFilesPage,
      'carrierFiles',
      'orders',
      'fields',
    ),
  },
  {
    path: '/deliveries',
    label: 'nav.deliveries',
    group: 'delivery',
    permission: 'deliveries.read',
    lazy: screen(
      async () => (await import('../features/deliveries/deliveries.page.tsx')).DeliveriesPage,
      'deliveries',
      'fields',
    ),
    phone: true,
  },
  {
    path: '/automations',
    label: 'nav.automationList',
    group: 'automations',
    permission: 'automations.read',
    lazy: screen(async () => (await import('./automations-screen.tsx')).AutomationsScreen, 'automations', 'fields'),
  },
  {
    path: '/automation-runs',
    label: 'nav.automationRuns',
    group: 'automations',
    permission: 'automations.read',
    lazy: screen(async () => (await import('../features/automations/runs.page.tsx')).RunsPage, 'automations'),
  },
  {
    path: '/automation-costs',
    label: 'nav.automationCosts',
    group: 'automations',
    permission: 'automations.read',
    lazy: screen(
      async () => (await import('../features/automations/costs.page.tsx')).CostsPage,
      'automations',
      'fields',
    ),
  },
  {
    path: '/start',
    label: 'nav.start',
    group: 'settings',
    permission: 'merchant.edit',
    lazy: screen(async () => (await import('./first-steps.tsx')).FirstSteps, 'onboarding'),
    whole: true,
  },
  {
    path: '/settings/account',
    label: 'nav.account',
    group: 'settings',
    permission: null,
    lazy: screen(async () => (await import('../features/account/account.page.tsx')).AccountPage, 'account'),
  },
  {
    path: '/settings/security',
    label: 'nav.security',
    group: 'settings',
    permission: null,
    lazy: screen(async () => (await import('../features/account/security.page.tsx')).SecurityPage, 'account', 'fields'),
  },
  {
    path: '/settings/members',
    label: 'nav.members',
    group: 'settings',
    permission: 'members.read',
    lazy: screen(async () => (await import('../features/members/members.page.tsx')).MembersPage, 'members', 'fields'),
  },
  {
    path: '/settings/pipeline',
    label: 'nav.pipeline',
    group: 'settings',
    permission: 'pipeline.edit',
    lazy: screen(
      async () => (await import('../features/pipeline/pipeline.page.tsx')).PipelinePage,
      'pipeline',
      'fields',
    ),
  },
  {
    path: '/settings/calls',
    label: 'nav.callSettings',
    group: 'settings',
    permission: 'call_settings.edit',
    lazy: screen(
      async () => (await import('../features/call-settings/call-settings.page.tsx')).CallSettingsPage,
      'callSettings',
      'fields',
    ),
  },
  {
    path: '/settings/risk',
    label: 'nav.risk',
    group: 'settings',
    permission: 'risk.read',
    lazy: screen(async () => (await import('../features/risk/risk.page.tsx')).RiskPage, 'risk', 'orders'),
  },
  {
    path: '/settings/stores',
    label: 'nav.stores',
    group: 'settings',
    permission: 'stores.read',
    lazy: screen(async () => (await import('../features/stores/stores.page.tsx')).StoresPage, 'stores', 'fields'),
  },
  {
    path: '/settings/carriers',
    label: 'nav.carriers',
    group: 'settings',
    permission: 'carriers.read',
    lazy: screen(
      async () => (await import('../features/carriers/carriers.page.tsx')).CarriersPage,
      'carriers',
      'orders',
      'fields',
    ),
  },
  {
    path: '/settings/imports',
    label: 'nav.imports',
    group: 'settings',
    permission: 'customers.import',
    lazy: screen(async () => (await import('../features/imports/imports.page.tsx')).ImportsPage, 'imports'),
  },
  {
    path: '/settings/whatsapp',
    label: 'nav.whatsapp',
    group: 'settings',
    permission: 'whatsapp.edit',
    lazy: screen(
      async () => (await import('../features/whatsapp/whatsapp.page.tsx')).WhatsAppPage,
      'whatsapp',
      'fields',
    ),
  },
  {
    path: '/settings/api-keys',
    label: 'nav.apiKeys',
    group: 'settings',
    permission: 'api_keys.read',
    lazy: screen(async () => (await import('../features/api-keys/api-keys.page.tsx')).ApiKeysPage, 'apiKeys', 'fields'),
  },
  {
    path: '/settings/audit',
    label: 'nav.audit',
    group: 'settings',
    permission: 'audit.read',
    lazy: screen(async () => (await import('../features/audit/audit.page.tsx')).AuditPage, 'audit', 'events'),
  },
  {
    path: '/settings/dead-letters',
    label: 'nav.deadLetters',
    group: 'settings',
    permission: 'inbound.read',
    lazy: screen(
      async () => (await import('../features/dead-letters/dead-letters.page.tsx')).DeadLettersPage,
      'deadLetters',
    ),
  },
]

/** The screens a role may open. */
export const screensFor = (can: (permission: Permission) => boolean): readonly Screen[] =>
  screens.filter(({ permission }) => permission === null || can(permission))
