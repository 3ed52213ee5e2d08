import { ok, type Result } from '../result.ts'
import { codTemplate, type PipelineTemplate, type TemplateStage } from './cod-template.ts'
import { inOrder } from './editing.ts'
import type { TemplateKey } from './pipeline-edit-schema.ts'
import type { Pipeline, Reason, Stage } from './pipeline-schema.ts'

/*
 * The pipelines to start from, and how one is laid over a pipeline that is there. Source: product.md 3, "Templates".
 */

type Names = Stage['name']

const workingDay = 12 * 60

/** Stages of the default template by key, some of them leading elsewhere or called otherwise. */
const fromCod = (keys: readonly string[], changes: Readonly<Record<string, Partial<TemplateStage>>>): TemplateStage[] =>
  codTemplate.stages
    .filter(({ key }) => keys.includes(key))
    .map((stage) => ({ ...stage, next: stage.next.filter((next) => keys.includes(next)), ...changes[stage.key] }))

const { reasons } = codTemplate

const prepaid: PipelineTemplate = {
  stages: fromCod(
    [
      'new',
      'to_confirm',
      'confirmed',
      'preparation',
      'shipped',
      'delivered',
      'delivery_failed',
      'returned',
      'cancelled',
    ],
    {
      new: { name: { fr: 'Payée', en: 'Paid', ar: 'مؤداة' } },
      to_confirm: { name: { fr: 'À vérifier', en: 'To check', ar: 'للتحقق' } },
      // Nothing is collected at the door, so no amount is needed.
      confirmed: { requires: ['phone', 'city', 'address'] },
      shipped: { requires: ['phone', 'city', 'address'] },
    },
  ),
  reasons,
}

const supplier: TemplateStage = {
  key: 'supplier',
  name: { fr: 'Attente fournisseur', en: 'Waiting for supplier', ar: 'في انتظار المورد' },
  colour: 'brown',
  state: null,
  terminal: false,
  next: ['confirmed', 'shipped', 'cancelled'],
  requires: [],
  ageLimitMinutes: 3 * workingDay,
}

const dropShipping: PipelineTemplate = {
  stages: codTemplate.stages.map((stage) => {
    if (stage.key === 'preparation') return supplier
    return stage.key === 'confirmed' ? { ...stage, next: ['to_confirm', 'supplier', 'shipped', 'cancelled'] } : stage
  }),
  reasons,
}

const onRoute = (stage: TemplateStage): TemplateStage[] => [
  {
    key: 'assigned',
    name: { fr: 'Confiée au livreur', en: 'Assigned to driver', ar: 'مسندة للتوصيل' },
    colour: 'brown',
    state: null,
    terminal: false,
    next: ['preparation', 'shipped', 'cancelled'],
    requires: ['phone', 'city', 'address', 'amount'],
    ageLimitMinutes: workingDay,
  },
  {
    ...stage,
    name: { fr: 'En tournée', en: 'On route', ar: 'في جولة التوصيل' },
    next: ['assigned', ...stage.next],
    ageLimitMinutes: workingDay,
  },
]

const ownFleet: PipelineTemplate = {
  stages: codTemplate.stages.flatMap((stage) => {
    if (stage.key === 'shipped') return onRoute(stage)
    if (stage.key === 'preparation') return { ...stage, next: ['confirmed', 'assigned', 'cancelled'] }
    if (stage.key === 'confirmed') return { ...stage, next: ['to_confirm', 'preparation', 'assigned', 'cancelled'] }
    return stage.key === 'delivery_failed' ? { ...stage, next: ['assigned', ...stage.next] } : stage
  }),
  reasons,
}

/** One stage for what comes in; the rest is the merchant's. */
const empty: PipelineTemplate = { stages: fromCod(['new'], {}), reasons }

export const templates: Readonly<Record<TemplateKey, PipelineTemplate & { readonly name: Names }>> = {
  cod: { name: { fr: 'Paiement à la livraison', en: 'COD business', ar: 'الدفع عند الاستلام' }, ...codTemplate },
  prepaid: { name: { fr: 'Prépayé', en: 'Prepaid', ar: 'الدفع المسبق' }, ...prepaid },
  drop_shipping: { name: { fr: 'Drop-shipping', en: 'Drop-shipping', ar: 'دروبشيبينغ' }, ...dropShipping },
  own_fleet: { name: { fr: 'Livreurs à soi', en: 'Own fleet', ar: 'توصيل بوسائل خاصة' }, ...ownFleet },
  empty: { name: { fr: 'Vide', en: 'Empty', ar: 'فارغ' }, ...empty },
}

/** The stage that already does what one of the template does: of the same state, or without a state of the same name. */
const twinOf = (rows: readonly Stage[], { state, name }: TemplateStage): Stage | undefined =>
  rows.find((stage) => (state === null ? stage.state === null && stage.name.fr === name.fr : stage.state === state))

/**
 * Lays a template over the pipeline. It moves no order: a stage of the same state takes the template's settings and keeps
 * its orders, its effects and its roles; of the others those that hold orders stay, behind, and the empty ones go.
 */
export const applyTemplate = (
  pipeline: Pipeline,
  { stages, reasons: ours }: PipelineTemplate,
  holdsOrders: (stageId: string) => boolean,
  newId: () => string,
): Result<Pipeline> => {
  const rows = inOrder(pipeline.stages)
  const taken = new Set<Stage>()
  const laid = stages.map((template) => {
    const twin = twinOf(rows.filter((stage) => !taken.has(stage)).sort(activeFirst), template)
    if (twin) taken.add(twin)
    return { template, twin, id: twin?.id ?? newId() }
  })
  const ids = new Map(laid.map(({ template, id }) => [template.key, id]))
  const kept = rows.filter((stage) => !taken.has(stage) && holdsOrders(stage.id))
  const keptIds = new Set([...ids.values(), ...kept.map(({ id }) => id)])
  const after: Stage[] = [
    ...laid.map(({ template: { key: _key, next, requires, ...settings }, twin, id }) => ({
      description: twin?.description ?? null,
      roleKeys: twin?.roleKeys ?? null,
      effects: settings.terminal ? [] : (twin?.effects ?? []),
      ...settings,
      id,
      active: true,
      requires: [...requires],
      nextStageIds: next.flatMap((other) => ids.get(other) ?? []),
      position: 0,
    })),
    ...kept.map((stage) => ({
      ...stage,
      nextStageIds: stage.nextStageIds?.filter((id) => keptIds.has(id)) ?? null,
    })),
  ].map((stage, index) => ({ ...stage, name: { ...stage.name }, position: index + 1 }))
  return ok({ ...pipeline, stages: after, reasons: withMissing(pipeline.reasons, ours, newId) })
}

const activeFirst = (one: Stage, other: Stage): number => Number(other.active) - Number(one.active)

/** The merchant's own reasons stay as they are; those of the template that are missing come behind. */
const withMissing = (rows: readonly Reason[], ours: PipelineTemplate['reasons'], newId: () => string): Reason[] => {
  const missing = ours.filter(({ key, state }) => !rows.some((row) => row.key === key && row.state === state))
  const lastOf = (state: Reason['state']) =>
    Math.max(0, ...rows.filter((row) => row.state === state).map(({ position }) => position))
  return [
    ...rows,
    ...missing.map(({ key, state, name }, index) => ({
      id: newId(),
      key,
      state,
      name: { ...name },
      active: true,
      position: lastOf(state) + index + 1,
    })),
  ]
}
