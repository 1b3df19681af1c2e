/** What can be booked in the demo health system: names, what to bring and how to prepare, in both languages. */
import type { VisitTypeFacts } from '../../server/scheduling/index.ts'

const card = {
  en: 'Your insurance card, if you have one, and a photo ID',
  es: 'Su tarjeta del seguro, si tiene, y una identificación con foto',
}
const pills = {
  en: 'All the medicines you take, or a list of them',
  es: 'Todas las medicinas que toma, o una lista de ellas',
}
const shots = { en: 'The record of past shots', es: 'La cartilla de vacunas' }

type Line = { en: string; es: string }
const lines = (...all: Line[]) => ({ en: all.map(({ en }) => en), es: all.map(({ es }) => es) })
const early = (minutes: number): Line => ({
  en: `Come ${minutes} minutes early`,
  es: `Llegue ${minutes} minutos antes`,
})

export const visitTypes: VisitTypeFacts[] = [
  {
    code: 'office-visit',
    name: { en: 'Office visit', es: 'Consulta' },
    bring: lines(card, pills),
    prepare: lines(early(10), {
      en: 'Write down your three most important questions',
      es: 'Anote sus tres preguntas más importantes',
    }),
  },
  {
    code: 'new-patient',
    name: { en: 'First visit', es: 'Primera visita' },
    bring: lines(card, pills, {
      en: 'Records or test results from other clinics',
      es: 'Historial o resultados de otras clínicas',
    }),
    prepare: lines(early(20)),
  },
  {
    code: 'annual-physical',
    name: { en: 'Yearly checkup', es: 'Examen físico anual' },
    bring: lines(card, pills),
    prepare: lines(early(10), {
      en: 'Eat and drink nothing but water for 8 hours before, if your visit is in the morning. Take your medicines as always',
      es: 'Si su cita es por la mañana, no coma ni beba nada más que agua en las 8 horas anteriores. Tome sus medicinas como siempre',
    }),
  },
  {
    code: 'well-child',
    name: { en: 'Well-child checkup', es: 'Control de niño sano' },
    bring: lines(card, shots, { en: 'A favorite toy or blanket', es: 'Un juguete o una manta favorita' }),
    prepare: lines(early(10), {
      en: 'A parent or guardian must come along',
      es: 'Debe venir el padre, la madre o el tutor',
    }),
  },
  {
    code: 'follow-up',
    name: { en: 'Follow-up visit', es: 'Visita de seguimiento' },
    bring: lines(card, pills),
    prepare: lines(early(10), {
      en: 'Think about what has become better or worse since last time',
      es: 'Piense qué ha mejorado o empeorado desde la última vez',
    }),
  },
  {
    code: 'video-visit',
    name: { en: 'Video visit', es: 'Visita por video' },
    bring: lines(pills),
    prepare: lines(
      { en: 'Find a quiet place with good light', es: 'Busque un lugar tranquilo y con buena luz' },
      {
        en: 'Charge your phone or computer and open the link 5 minutes early',
        es: 'Cargue su teléfono o computadora y abra el enlace 5 minutos antes',
      },
    ),
  },
  {
    code: 'vaccination',
    name: { en: 'Vaccination', es: 'Vacunación' },
    bring: lines(card, shots),
    prepare: lines({
      en: 'Wear a shirt with sleeves that roll up',
      es: 'Use una camisa con mangas que se puedan subir',
    }),
  },
  {
    code: 'prenatal',
    name: { en: 'Pregnancy visit', es: 'Visita de embarazo' },
    bring: lines(card, pills),
    prepare: lines(early(10), {
      en: 'Drink two glasses of water before you come',
      es: 'Tome dos vasos de agua antes de venir',
    }),
  },
  {
    code: 'therapy',
    name: { en: 'Counseling visit', es: 'Sesión de terapia' },
    bring: lines(card),
    prepare: lines(early(5)),
  },
].map((type, position) => ({ ...type, position }))
