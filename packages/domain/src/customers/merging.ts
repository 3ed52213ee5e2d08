/** What a merge may fill in of the customer who stays. */
export interface MergedValues {
  readonly name: string
  readonly phone: string | null
  readonly alternatePhone: string | null
  readonly email: string | null
  readonly addressLine: string | null
  readonly district: string | null
  readonly landmark: string | null
  readonly cityText: string | null
  readonly cityId: string | null
  readonly regionCode: string | null
  readonly tags: readonly string[]
  readonly marketingConsent: boolean | null
  readonly consentSource: string | null
  readonly consentAt: string | null
}
