/** Why a result is there, in the patient's language. Says only what the search went by. */
import type { NetworkFact } from '../../coverage/contract.ts'
import type { Language } from '../../platform/endpoint.ts'
import { specialtyView } from '../../directory/index.ts'
import type { Asked } from './asked.ts'
import type { CareResult } from '../contract.ts'

type Reason = CareResult['because'][number]

interface Shown {
  specialty: string
  miles: number | null
  network: NetworkFact | null
  /** First of the soonest. */
  isFirst: boolean
  mode: 'in_person' | 'video'
}

const words = {
  en: {
    specialty: (name: string) => `Specialty: ${name}`,
    reason: 'Sees people for the reason you gave',
    name: 'The name you looked for',
    near: (miles: number) => `${miles} ${miles === 1 ? 'mile' : 'miles'} away`,
    network: (name: string) => `Listed in ${name}`,
    speaks: (language: string) => `Speaks ${language}`,
    access: 'The place has what you need',
    earliest: 'The earliest open time that fits',
    video: 'Video visit',
  },
  es: {
    specialty: (name: string) => `Especialidad: ${name}`,
    reason: 'Atiende el motivo que usted indicó',
    name: 'El nombre que usted buscó',
    near: (miles: number) => `A ${miles} ${miles === 1 ? 'milla' : 'millas'}`,
    network: (name: string) => `Figura en ${name}`,
    speaks: (language: string) => `Habla ${language}`,
    access: 'El lugar tiene lo que usted necesita',
    earliest: 'La primera hora libre que se ajusta',
    video: 'Visita por video',
  },
} as const satisfies Record<Language, Record<Reason['code'], unknown>>

/** The reasons of one result, the strongest first. */
export function reasonsFor(asked: Asked, { specialty, miles, network, isFirst, mode }: Shown): Reason[] {
  const say = words[asked.language]
  const reasons: Reason[] = []
  const add = (code: Reason['code'], text: string) => void reasons.push({ code, text })
  if (asked.named) add('name', say.name)
  if (asked.specialties.length > 0) add('specialty', say.specialty(specialtyView(specialty, asked.language).name))
  else if (asked.visitTypes.length > 0) add('reason', say.reason)
  if (isFirst) add('earliest', say.earliest)
  if (miles !== null) add('near', say.near(miles))
  if (network) add('network', say.network(network.network))
  if (asked.speaks !== undefined) add('speaks', say.speaks(nameOf(asked.speaks, asked.language)))
  if (mode !== 'video' && asked.access.length > 0) add('access', say.access)
  if (mode === 'video') add('video', say.video)
  return reasons
}

const nameOf = (spoken: string, language: Language) =>
  new Intl.DisplayNames(language, { type: 'language' }).of(spoken) ?? spoken
