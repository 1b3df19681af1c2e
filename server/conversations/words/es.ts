/** Spanish as spoken in the United States, with `usted`. Plain words and short sentences, kept by a test. */
import type { Words } from './words.ts'

const hello = (name: string | undefined) => (name ? `${name}, su cita` : 'Su cita')
const several = (name: string | undefined, n: number) => (name ? `${name}, sus ${n} citas` : `Sus ${n} citas`)
const count = (n: number, one: string) => `${n} ${one}${n === 1 ? '' : 's'}`
const ahead = (hours: number) =>
  Number.isInteger(hours) ? count(hours, 'hora') : count(Math.round(hours * 60), 'minuto')

export const es: Words = {
  locale: 'es-US',
  greeting: (name) => (name ? `Hola, ${name}:` : 'Hola:'),
  subject: {
    booked: (clinic, when) => `Su cita en ${clinic}: ${when}`,
    moved: (clinic, when) => `Nueva hora de su cita en ${clinic}: ${when}`,
    cancelled: (clinic, when) => `Cancelada: su cita en ${clinic}, ${when}`,
  },
  lead: {
    booked: 'Su cita está reservada.',
    moved: 'Su cita tiene una nueva hora.',
    cancelled: 'Su cita está cancelada. No tiene que hacer nada.',
  },
  button: {
    booked: 'Ver, cambiar o cancelar esta cita',
    moved: 'Ver, cambiar o cancelar esta cita',
    cancelled: 'Ver esta cita',
  },
  clinicMoved: {
    lead: 'Lo sentimos: tuvimos que mover su cita. Si la nueva hora le conviene, díganoslo con un solo toque. Si no, elija otra hora o cancele.',
    button: 'Mantener, cambiar o cancelar esta cita',
    text: (name, when) => `${hello(name)} tuvo que ser movida por nosotros: ${when}.`,
  },
  several: {
    subject: {
      booked: (clinic, n, when) => `Sus ${n} citas en ${clinic}: desde ${when}`,
      moved: (clinic, n, when) => `Nuevas horas de sus ${n} citas en ${clinic}: desde ${when}`,
      cancelled: (clinic, n, when) => `Canceladas: sus ${n} citas en ${clinic}, desde ${when}`,
    },
    lead: {
      booked: (n) => `Sus ${n} citas están reservadas.`,
      moved: (n) => `Sus ${n} citas tienen nuevas horas.`,
      cancelled: (n) => `Sus ${n} citas están canceladas. No tiene que hacer nada.`,
    },
    keepPrivate: 'No comparta este mensaje: sus enlaces abren sus citas.',
    text: {
      booked: (name, n, when) => `${several(name, n)} están reservadas, la primera: ${when}.`,
      moved: (name, n, when) => `${several(name, n)} tienen nuevas horas, la primera: ${when}.`,
      cancelled: (name, n, when) => `${several(name, n)} están canceladas, la primera era: ${when}.`,
    },
  },
  label: {
    when: 'Cuándo',
    before: 'Antes era',
    who: 'Con',
    where: 'Dónde',
    directions: 'Cómo llegar',
    prepare: 'Antes de su cita',
    bring: 'Qué tener con usted',
  },
  yourTime: (time) => `donde está usted: ${time}`,
  groupVisit: 'Es una cita en grupo: otros pacientes vienen a la misma hora.',
  interpreted: {
    in_person: (language) => `Un intérprete está en la sala: ${language}.`,
    video: (language) => `Un intérprete participa por video: ${language}.`,
    phone: (language) => `Un intérprete participa por teléfono: ${language}.`,
  },
  video: 'Por video. Abra la página de su cita a la hora de la cita.',
  cutoff: (hours) =>
    hours === 0
      ? 'Puede cambiar o cancelar en línea hasta que empiece la cita.'
      : `Puede cambiar o cancelar en línea hasta ${ahead(hours)} antes de la cita. Después, por favor llámenos.`,
  call: (phone) => `¿Preguntas? Llámenos y hable con una persona: ${phone}`,
  notYou: '¿No pidió usted esto? Por favor llámenos.',
  keepPrivate: 'No comparta este mensaje: su enlace abre su cita.',
  code: {
    subject: (clinic) => `Su código de ${clinic}`,
    lead: 'Este es su código:',
    minutes: (minutes) => `Sirve por ${count(minutes, 'minuto')}.`,
    neverAsked: 'Nunca le pediremos este código. No lo comparta. Si usted no lo pidió, puede ignorar este mensaje.',
  },
  account: {
    subject: (clinic) => `Su cuenta en ${clinic}`,
    lead: {
      new_device: 'Alguien entró a su cuenta desde un dispositivo que no conocemos.',
      passkey_added: 'Se agregó una llave de acceso a su cuenta.',
      passkey_removed: 'Se quitó una llave de acceso de su cuenta.',
      password_set: 'Se cambió la contraseña de su cuenta.',
      totp_set: 'Se agregó una aplicación de códigos a su cuenta.',
      totp_removed: 'Se quitó la aplicación de códigos de su cuenta.',
      codes_made: 'Se hicieron nuevos códigos de recuperación para su cuenta. Los anteriores ya no sirven.',
    },
    wasIt: 'Si fue usted, no tiene que hacer nada. Si no fue usted, por favor llámenos ahora.',
  },
  referral: {
    subject: (clinic) => `Reserve su visita en ${clinic}`,
    lead: 'Le refirieron para una visita. Elija un horario que le convenga: no necesita una cuenta.',
    until: (day) => `La visita debe ser a más tardar el ${day}.`,
    button: 'Elegir un horario',
    keepPrivate: 'Guarde este mensaje para usted: su enlace reserva su visita.',
    text: (url, day) => `elija un horario para su visita, a más tardar el ${day}: ${url}`,
  },
  reduced: {
    subject: (clinic) => `Tiene un mensaje de ${clinic}`,
    lead: (clinic) => `Tiene un mensaje de ${clinic}. Inicie sesión para leerlo.`,
    button: 'Iniciar sesión y leerlo',
    text: (clinic, url) => `Tiene un mensaje de ${clinic}. Inicie sesión para leerlo: ${url}`,
  },
  calendar: {
    summary: (clinic) => `Cita en ${clinic}`,
    video: 'Cita por video',
    decliningIsNotCancelling: 'Si la rechaza o la borra en su calendario, su cita sigue reservada.',
  },
  text: {
    // Worded so that a 7-bit text message, which has no á, still cannot be misread ('esta' is 'this').
    booked: (name, when) => `${name ? `${name}, usted` : 'Usted'} tiene una cita: ${when}.`,
    moved: (name, when) => `${hello(name)} tiene una nueva hora: ${when}.`,
    cancelled: (name, when) => `${hello(name)} del ${when} fue cancelada.`,
    where: (place) => `${place}.`,
    video: 'Por video.',
    groupVisit: 'Cita en grupo.',
    interpreted: {
      in_person: 'Con intérprete.',
      video: 'Con intérprete por video.',
      phone: 'Con intérprete por teléfono.',
    },
    link: {
      booked: (url) => `Ver o cambiar: ${url}`,
      moved: (url) => `Ver o cambiar: ${url}`,
      cancelled: (url) => `Ver: ${url}`,
    },
    call: (phone) => `¿Preguntas? Llame al ${phone}`,
    code: (code, minutes) => `su código es ${code}. Sirve por ${count(minutes, 'minuto')}. Nunca se lo pediremos.`,
  },
}
