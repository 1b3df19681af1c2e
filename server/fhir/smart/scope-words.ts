/** What a scope means to the person who is asked, in plain words of both languages. */
import type { Language } from '../../platform/endpoint.ts'
import { readScope } from './scopes.ts'

type Words = Record<Language, string>

/** Who is asked: a patient about their own record, or a colleague. */
export type Asked = 'patient' | 'staff'

const plain: Record<string, Words> = {
  openid: { en: 'Know that it is you', es: 'Saber que es usted' },
  fhirUser: { en: 'Know which record here is yours', es: 'Saber cuál es su expediente aquí' },
  launch: { en: 'Know which patient you had open', es: 'Saber qué paciente tenía abierto' },
  'launch/patient': { en: 'Know whose record it works with', es: 'Saber con qué expediente trabaja' },
  offline_access: {
    en: 'Keep this access when you are away, until you end it',
    es: 'Conservar este acceso cuando usted no está, hasta que lo termine',
  },
  online_access: {
    en: 'Keep this access while you stay signed in',
    es: 'Conservar este acceso mientras siga conectado',
  },
}

const things: Record<string, Words> = {
  Patient: { en: 'name, birth date, phone and email', es: 'nombre, fecha de nacimiento, teléfono y correo' },
  Appointment: { en: 'visits: when, where, with whom and why', es: 'citas: cuándo, dónde, con quién y por qué' },
  '*': {
    en: 'name, birth date, phone, email, and visits with their reasons',
    es: 'nombre, fecha de nacimiento, teléfono, correo y citas con sus motivos',
  },
}
const directory: Words = {
  en: 'See the clinic’s public list of clinicians, places and open times',
  es: 'Ver la lista pública de médicos, lugares y horarios de la clínica',
}

/** One sentence about one scope; undefined for one that is not ours. */
export function scopeWords(text: string, asked: Asked): Words | undefined {
  const scope = readScope(text)
  if (!scope) return plain[text]
  const thing = things[scope.type]
  if (!thing) return directory
  const changes = ['c', 'u', 'd'].some((one) => scope.operations.has(one as 'c'))
  const verb = changes ? { en: 'See and change', es: 'Ver y cambiar' } : { en: 'See', es: 'Ver' }
  const whose =
    asked === 'patient'
      ? { en: `your ${thing.en}`, es: `sus datos: ${thing.es}` }
      : scope.context === 'patient'
        ? { en: `this patient’s ${thing.en}`, es: `los datos de este paciente: ${thing.es}` }
        : { en: `every patient’s ${thing.en}`, es: `los datos de todos los pacientes: ${thing.es}` }
  return { en: `${verb.en} ${whose.en}`, es: `${verb.es} ${whose.es}` }
}
