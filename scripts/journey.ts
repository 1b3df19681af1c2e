/** The order in which a patient meets the slices. Imports and joins look back along it, never ahead. */
export const journey: readonly string[] = [
  'platform',
  'partners',
  'people',
  'record',
  'directory',
  'coverage',
  'scheduling',
  'conversations',
  'intake',
  'arrival',
  'chart',
  'televisit',
  'billing',
  'feedback',
  'quality',
  'privacy',
  'fhir',
]

/** Whether `there` comes later on the journey than `here`; both are names of slices. */
export function isAhead(there: string, here: string): boolean {
  return journey.indexOf(there) > journey.indexOf(here)
}
