/** When something happened, on the clinic's clock: 'December 1, 2026, 9:05 AM'. */
import { useClinic } from '../people/clinic.ts'
import { clock, dateName, dayOf } from '../ui/time.ts'
import { useLanguage } from '../ui/use-language.ts'

export function useMoment(): (instant: string) => string {
  const language = useLanguage()
  const { zone } = useClinic()
  return (instant) => `${dateName(dayOf(instant, zone), language)}, ${clock(instant, zone, language)}`
}
