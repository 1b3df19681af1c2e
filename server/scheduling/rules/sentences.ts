/** What a rule says to whoever it refuses: one sentence, in English and Spanish, with what to do instead. Pure. */
import { invalid, type Refusal } from '../../platform/errors.ts'
import type { RuleKind, SettingsOf } from './contract.ts'
import type { Rule } from './in-force.ts'

export interface Sentence {
  en: string
  es: string
}

const sentences: { [K in RuleKind]: (settings: SettingsOf[K], date: string) => Sentence } = {
  holidays: ({ days }, date) => {
    const name = days.find(({ on }) => on === date)?.name ?? ''
    return {
      en: `We are closed on that day (${name}). Choose another day.`,
      es: `Ese día está cerrado (${name}). Elija otro día.`,
    }
  },
  alternate_weeks: ({ everyWeeks }) => ({
    en: `This visit is offered every ${everyWeeks} weeks only, and not in that week. Choose another week.`,
    es: `Esta consulta se ofrece solo cada ${everyWeeks} semanas, y no en esa. Elija otra semana.`,
  }),
  reserved_time: ({ releaseHours }) => ({
    en: `That time is kept for another kind of visit, until ${releaseHours} hours before. Choose another time.`,
    es: `Esa hora está reservada para otro tipo de consulta, hasta ${releaseHours} horas antes. Elija otra hora.`,
  }),
  daily_cap: ({ visits }) => ({
    en: `That day is full: no more than ${visits} of these visits are booked in a day. Choose another day.`,
    es: `Ese día está completo: no se dan más de ${visits} de estas consultas por día. Elija otro día.`,
  }),
  pair_buffer: ({ minutes }) => ({
    en: `The visit before or after that time needs ${minutes} minutes apart from this one. Choose another time.`,
    es: `La consulta anterior o siguiente necesita ${minutes} minutos de separación con esta. Elija otra hora.`,
  }),
  new_patient_quota: ({ visits, per }) =>
    per === 'day'
      ? {
          en: `The ${visits} places for new patients on that day are taken. Choose another day.`,
          es: `Los ${visits} lugares para pacientes nuevos de ese día están ocupados. Elija otro día.`,
        }
      : {
          en: `The ${visits} places for new patients in that week are taken. Choose another week.`,
          es: `Los ${visits} lugares para pacientes nuevos de esa semana están ocupados. Elija otra semana.`,
        },
  licence: ({ states }) => ({
    en: `This clinician may see patients in ${states.join(', ')} only. Choose another clinician.`,
    es: `Este profesional puede atender solo a pacientes en ${states.join(', ')}. Elija otro profesional.`,
  }),
  ages: ({ minYears, maxYears }) => ({
    en: `This visit is for people from ${minYears} to ${maxYears} years of age. Choose another clinician.`,
    es: `Esta consulta es para personas de ${minYears} a ${maxYears} años. Elija otro profesional.`,
  }),
  referral: ({ needs }) =>
    needs === 'referral'
      ? {
          en: 'This visit needs a referral, and we have none for it yet. Ask your doctor to send it, or call us.',
          es: 'Esta consulta necesita una derivación y todavía no la tenemos. Pida a su médico que la envíe o llámenos.',
        }
      : {
          en: 'Your insurance must authorize this visit first, and we have no authorization yet. Call us and we will ask for it.',
          es: 'Su seguro debe autorizar esta consulta antes y todavía no tenemos la autorización. Llámenos y la pediremos.',
        },
}

const instead: Record<RuleKind, string> = {
  holidays: 'choose_time',
  alternate_weeks: 'choose_time',
  reserved_time: 'choose_time',
  daily_cap: 'choose_time',
  pair_buffer: 'choose_time',
  new_patient_quota: 'choose_time',
  licence: 'find_another',
  ages: 'find_another',
  referral: 'call',
}

export function sentenceOf(rule: Rule, date: string): Sentence {
  return say(rule.kind, rule, date)
}

const say = <K extends RuleKind>(kind: K, rule: Rule, date: string) =>
  sentences[kind](rule.settings as SettingsOf[K], date)

/** The refusal of a booking that is against this rule. */
export function refusalOf(rule: Rule, date: string): Refusal {
  const sentence = sentenceOf(rule, date)
  return invalid(`rule_${rule.kind}`, sentence.en, {
    ruleId: rule.ruleId,
    ruleVersion: rule.version,
    sentence,
    instead: instead[rule.kind],
  })
}
