import type { Automation, CreateAutomation, SilenceRule } from '@sendocki/domain/automations/automation'

/** An automation as it is typed. */
export interface Draft {
  readonly name: string
  readonly numberId: string
  readonly stageId: string | null
  readonly templateId: string | null
  readonly delayMinutes: number
  /** Where each button leads, by its place; what is not there moves nothing. */
  readonly buttons: Readonly<Record<number, string | null>>
  readonly silence: SilenceRule | null
  readonly retrigger: boolean
}

export const draftOf = (automation: Automation | null, numbers: readonly { readonly id: string }[]): Draft => ({
  name: automation?.name ?? '',
  numberId: automation?.numberId ?? numbers[0]?.id ?? '',
  stageId: automation?.stageId ?? null,
  templateId: automation?.templateId ?? null,
  delayMinutes: Math.round((automation?.delaySeconds ?? 0) / 60),
  buttons: Object.fromEntries((automation?.buttons ?? []).map(({ index, stageId }) => [index, stageId])),
  silence: automation?.silence ?? null,
  retrigger: automation?.retrigger ?? false,
})

type Whole = Draft & { readonly stageId: string; readonly templateId: string }

export const isWhole = (draft: Draft): draft is Whole =>
  draft.name.trim() !== '' && draft.stageId !== null && draft.templateId !== null

/** What is asked of the server: one rule for each button that the template has. */
export const wantedOf = (draft: Draft, buttons: readonly string[]): CreateAutomation => ({
  name: draft.name.trim(),
  numberId: draft.numberId,
  stageId: draft.stageId ?? '',
  templateId: draft.templateId ?? '',
  delaySeconds: draft.delayMinutes * 60,
  buttons: buttons.map((_text, index) => ({ index, stageId: draft.buttons[index] ?? null })),
  silence: draft.silence,
  retrigger: draft.retrigger,
})
