/** River Valley Health, the demo health system: which of the record's practitioners work there, where, when and how. */
import type { AccessFact } from '../../server/directory/contract.ts'
import type { Spoken } from '../../server/platform/endpoint.ts'

export const organization = {
  slug: 'demo',
  name: 'River Valley Health',
  phone: '+16175550100',
  email: null,
  zone: 'America/New_York',
  hostNames: [],
  cancelCutoffMinutes: 24 * 60,
  demo: true,
}

export interface DemoPlace {
  key: string
  name: string
  line: string
  city: string
  postcode: string
  latitude: number
  longitude: number
  phone: string
  directions: Spoken<string>
  /** What it has for people who need it; all else of these is not there. */
  access: AccessFact['feature'][]
}

/** Streets are made up; towns and their coordinates are real, so that distances are. */
export const places: DemoPlace[] = [
  {
    key: 'harbor',
    name: 'Harbor Square Clinic',
    line: '12 Harbor Square',
    city: 'Boston',
    postcode: '02110',
    latitude: 42.357,
    longitude: -71.0508,
    phone: '+16175550110',
    directions: {
      en: 'Two blocks from the subway, next to the library. The entrance without steps is on Dock Lane. Parking under the building; bring your ticket for the first two hours free.',
      es: 'A dos cuadras del metro, junto a la biblioteca. La entrada sin escalones está en Dock Lane. Hay estacionamiento debajo del edificio; traiga su boleto: las dos primeras horas son gratis.',
    },
    access: ['step_free', 'accessible_restroom', 'exam_table', 'hearing_loop', 'accessible_parking'],
  },
  {
    key: 'river',
    name: 'Riverside Family Health',
    line: '400 Millrace Road',
    city: 'Cambridge',
    postcode: '02139',
    latitude: 42.3647,
    longitude: -71.1042,
    phone: '+16175550120',
    directions: {
      en: 'The red brick building by the river path. Buses stop at the door. Free parking behind the building.',
      es: 'El edificio de ladrillo rojo junto al sendero del río. Los autobuses paran en la puerta. Estacionamiento gratis detrás del edificio.',
    },
    access: ['step_free', 'accessible_restroom', 'accessible_parking'],
  },
  {
    key: 'hill',
    name: 'Hilltop Children’s Clinic',
    line: '7 Orchard Hill',
    city: 'Worcester',
    postcode: '01605',
    latitude: 42.2935,
    longitude: -71.7945,
    phone: '+15085550130',
    directions: {
      en: 'At the top of Orchard Hill, yellow doors. There is a place for strollers inside. Free parking in front.',
      es: 'En lo alto de Orchard Hill, puertas amarillas. Adentro hay lugar para los cochecitos. Estacionamiento gratis al frente.',
    },
    access: ['step_free', 'quiet_room', 'accessible_parking'],
  },
  {
    key: 'valley',
    name: 'Valley Specialty Center',
    line: '88 Canal Street',
    city: 'Springfield',
    postcode: '01103',
    latitude: 42.1015,
    longitude: -72.5898,
    phone: '+14135550140',
    directions: {
      en: 'Across from the train station. Take the elevator to the second floor and check in at the desk with the blue sign.',
      es: 'Frente a la estación de tren. Suba en el ascensor al segundo piso y anúnciese en el mostrador del letrero azul.',
    },
    access: ['step_free', 'accessible_restroom', 'exam_table', 'quiet_room'],
  },
]

export const payers = [
  { key: 'bay', name: 'Bay Mutual Health', plans: ['Bay Mutual Choice PPO', 'Bay Mutual Care HMO'] },
  { key: 'common', name: 'Common Care Alliance', plans: ['Common Care Silver', 'Common Care Gold'] },
  { key: 'state', name: 'State Health Program', plans: ['State Health Standard'] },
]

export interface DemoClinician {
  /** Id of the practitioner in the record. */
  id: string
  given: string
  family: string
  gender: 'male' | 'female'
  credentials: string
  /** NUCC codes, main one first. */
  specialties: string[]
  languages: string[]
  places: string[]
  /** What they offer: a key of `offers`. */
  offers: keyof typeof offers
  networks: string[]
  acceptsNew?: false
  statement: Spoken<string>
}

type Offer = {
  code: string
  minutes: number
  mode?: 'video'
  for?: 'new' | 'established'
  buffer?: number
  step?: number
}

/** Kinds of practice: what can be booked, and for how long. */
export const offers = {
  family: [
    { code: 'office-visit', minutes: 20 },
    { code: 'new-patient', minutes: 40, for: 'new', step: 20 },
    { code: 'annual-physical', minutes: 40, step: 20 },
    { code: 'vaccination', minutes: 15 },
    { code: 'video-visit', minutes: 20, mode: 'video' },
  ],
  children: [
    { code: 'office-visit', minutes: 20 },
    { code: 'well-child', minutes: 30, step: 30 },
    { code: 'new-patient', minutes: 40, for: 'new', step: 20 },
    { code: 'vaccination', minutes: 15 },
    { code: 'video-visit', minutes: 20, mode: 'video' },
  ],
  specialist: [
    { code: 'office-visit', minutes: 30, step: 30 },
    { code: 'new-patient', minutes: 45, for: 'new', step: 15, buffer: 5 },
    { code: 'follow-up', minutes: 20, for: 'established' },
    { code: 'video-visit', minutes: 20, mode: 'video' },
  ],
  women: [
    { code: 'office-visit', minutes: 30, step: 30 },
    { code: 'annual-physical', minutes: 40, step: 20 },
    { code: 'prenatal', minutes: 30, step: 30 },
    { code: 'new-patient', minutes: 40, for: 'new', step: 20 },
  ],
  therapy: [
    { code: 'therapy', minutes: 50, step: 60, buffer: 10 },
    { code: 'new-patient', minutes: 60, for: 'new', step: 60 },
    { code: 'video-visit', minutes: 50, mode: 'video', step: 60 },
  ],
} satisfies Record<string, Offer[]>

const says = (en: string, es: string) => ({ en, es })

export const clinicians: DemoClinician[] = [
  {
    id: 'e443ac58-8ece-4385-8d55-775c1b8f3a37',
    given: 'Sara',
    family: 'Angulo',
    gender: 'female',
    credentials: 'MD',
    specialties: ['207Q00000X'],
    languages: ['en', 'es'],
    places: ['harbor'],
    offers: 'family',
    networks: ['bay', 'common', 'state'],
    statement: says(
      'I look after whole families and take time to listen.',
      'Atiendo a familias enteras y me tomo el tiempo de escuchar.',
    ),
  },
  {
    id: '7f01c91e-c9a8-453b-aba3-7ebb55556199',
    given: 'Mariam',
    family: 'Gleason',
    gender: 'female',
    credentials: 'MD',
    specialties: ['207R00000X'],
    languages: ['en', 'ar'],
    places: ['river'],
    offers: 'family',
    networks: ['bay', 'common'],
    statement: says(
      'I help adults stay well and live with long-term illness.',
      'Ayudo a los adultos a mantenerse sanos y a vivir con enfermedades crónicas.',
    ),
  },
  {
    id: 'ed34bab9-9639-452d-bf7a-b1cbace13733',
    given: 'Loren',
    family: 'Fay',
    gender: 'male',
    credentials: 'DO',
    specialties: ['207Q00000X'],
    languages: ['en'],
    places: ['river'],
    offers: 'family',
    networks: ['bay', 'state'],
    statement: says('Plain answers and no rush.', 'Respuestas claras y sin prisas.'),
  },
  {
    id: 'c1c9fdbd-ccd2-49b4-b2bd-1650a75df9d9',
    given: 'Maricarmen',
    family: 'Partida',
    gender: 'female',
    credentials: 'MD',
    specialties: ['208000000X'],
    languages: ['en', 'es'],
    places: ['hill', 'harbor'],
    offers: 'children',
    networks: ['bay', 'common', 'state'],
    statement: says(
      'From newborns to teens: questions are always welcome.',
      'De recién nacidos a adolescentes: las preguntas siempre son bienvenidas.',
    ),
  },
  {
    id: 'f256d3ba-bb70-4613-a631-825d500c57fa',
    given: 'Racquel',
    family: 'Hegmann',
    gender: 'female',
    credentials: 'MD',
    specialties: ['208000000X'],
    languages: ['en', 'fr'],
    places: ['hill'],
    offers: 'children',
    networks: ['bay', 'state'],
    statement: says(
      'I make visits calm for children, and for parents too.',
      'Hago que la visita sea tranquila para los niños y también para los padres.',
    ),
  },
  {
    id: '90a218f2-1ad5-498d-a07c-7d40dfe04917',
    given: 'Del',
    family: 'Williamson',
    gender: 'male',
    credentials: 'MD',
    specialties: ['207RC0000X', '207R00000X'],
    languages: ['en'],
    places: ['harbor', 'valley'],
    offers: 'specialist',
    networks: ['bay', 'common'],
    statement: says(
      'Heart care explained in everyday words.',
      'El cuidado del corazón explicado con palabras sencillas.',
    ),
  },
  {
    id: '21deb55c-2cda-4306-947d-001412452463',
    given: 'Peggie',
    family: 'Bradtke',
    gender: 'female',
    credentials: 'MD',
    specialties: ['207RC0000X'],
    languages: ['en', 'zh'],
    places: ['valley'],
    offers: 'specialist',
    networks: ['bay', 'state'],
    statement: says('Prevention first.', 'Primero, la prevención.'),
  },
  {
    id: '60c9fe63-d9e6-4e5e-8d5c-f91b7fc75419',
    given: 'Felicitas',
    family: 'Kub',
    gender: 'female',
    credentials: 'MD',
    specialties: ['207V00000X'],
    languages: ['en', 'es'],
    places: ['harbor'],
    offers: 'women',
    networks: ['bay', 'common', 'state'],
    statement: says('Care before, during and after pregnancy.', 'Atención antes, durante y después del embarazo.'),
  },
  {
    id: 'a6dfe8e5-f65e-4eda-a572-850f7ac0d7cf',
    given: 'Jeri',
    family: 'Hansen',
    gender: 'female',
    credentials: 'CNM',
    specialties: ['367A00000X', '207V00000X'],
    languages: ['en'],
    places: ['river'],
    offers: 'women',
    networks: ['common', 'state'],
    statement: says('Midwife. Your plan, your pace.', 'Partera. Su plan, a su ritmo.'),
  },
  {
    id: '8f18b4c3-0191-4054-8f00-b5d3f6016bfc',
    given: 'Macie',
    family: 'Bauch',
    gender: 'female',
    credentials: 'MD',
    specialties: ['207N00000X'],
    languages: ['en'],
    places: ['harbor'],
    offers: 'specialist',
    networks: ['bay'],
    statement: says('Skin, hair and nails.', 'Piel, cabello y uñas.'),
  },
  {
    id: '6771c9e4-5a7d-4d20-b1c0-88b219f0661b',
    given: 'Elroy',
    family: 'Brakus',
    gender: 'male',
    credentials: 'MD',
    specialties: ['207N00000X'],
    languages: ['en', 'pt'],
    places: ['hill', 'valley'],
    offers: 'specialist',
    networks: ['bay', 'common', 'state'],
    statement: says('A quick look can spare a long worry.', 'Una mirada a tiempo ahorra muchas preocupaciones.'),
  },
  {
    id: 'f56140b0-636a-4d99-a075-df18b6193af6',
    given: 'Willis',
    family: 'Emard',
    gender: 'male',
    credentials: 'MD',
    specialties: ['207X00000X'],
    languages: ['en'],
    places: ['harbor'],
    offers: 'specialist',
    networks: ['bay', 'common'],
    statement: says(
      'Bones and joints, with surgery as the last step.',
      'Huesos y articulaciones, con la cirugía como último paso.',
    ),
  },
  {
    id: '4ce79e7a-ac65-4f77-9ddf-c53b1a1d40de',
    given: 'Quentin',
    family: 'Beahan',
    gender: 'male',
    credentials: 'DPT',
    specialties: ['225100000X'],
    languages: ['en', 'es'],
    places: ['valley', 'river'],
    offers: 'specialist',
    networks: ['bay', 'common', 'state'],
    statement: says('Moving again, step by step.', 'Volver a moverse, paso a paso.'),
  },
  {
    id: '5fcf93bb-c27a-4673-8822-4d1b5d479303',
    given: 'Georgann',
    family: 'Beer',
    gender: 'female',
    credentials: 'PhD',
    specialties: ['103T00000X'],
    languages: ['en'],
    places: ['river'],
    offers: 'therapy',
    networks: ['bay', 'common'],
    statement: says('A safe place to talk.', 'Un lugar seguro para hablar.'),
  },
  {
    id: '79a13b7d-a382-4b6a-a31a-57e763818a56',
    given: 'Ignacio',
    family: 'Towne',
    gender: 'male',
    credentials: 'LCSW',
    specialties: ['1041C0700X', '103T00000X'],
    languages: ['en', 'es'],
    places: ['harbor'],
    offers: 'therapy',
    networks: ['common', 'state'],
    statement: says(
      'Support for stress, grief and hard changes.',
      'Apoyo en el estrés, el duelo y los cambios difíciles.',
    ),
  },
  {
    id: '63003abb-3924-46df-a75a-0a1f42733189',
    given: 'Blake',
    family: 'Deckow',
    gender: 'male',
    credentials: 'MD',
    specialties: ['2084P0800X'],
    languages: ['en'],
    places: ['harbor'],
    offers: 'therapy',
    networks: ['bay'],
    acceptsNew: false,
    statement: says('Medicine is one tool among several.', 'La medicina es una herramienta entre varias.'),
  },
  {
    id: 'e78eb359-e003-4912-bb67-0db9ae8e3ef5',
    given: 'Terrance',
    family: 'Schultz',
    gender: 'male',
    credentials: 'MD',
    specialties: ['207RE0101X'],
    languages: ['en'],
    places: ['valley'],
    offers: 'specialist',
    networks: ['bay', 'state'],
    statement: says(
      'Diabetes and thyroid care that fits your day.',
      'Atención de la diabetes y la tiroides que se adapta a su día.',
    ),
  },
  {
    id: '96333652-ed28-41d3-bb60-d435f478c8ed',
    given: 'Shonta',
    family: 'Sanford',
    gender: 'female',
    credentials: 'MD',
    specialties: ['207RG0100X'],
    languages: ['en'],
    places: ['valley'],
    offers: 'specialist',
    networks: ['bay', 'common'],
    statement: says('No question about digestion is too small.', 'Ninguna pregunta sobre la digestión es pequeña.'),
  },
  {
    id: '85aeca59-6261-4704-a2e4-1846ec5831a6',
    given: 'Levi',
    family: 'Reichert',
    gender: 'male',
    credentials: 'OD',
    specialties: ['152W00000X'],
    languages: ['en', 'ru'],
    places: ['harbor'],
    offers: 'specialist',
    networks: ['bay', 'state'],
    statement: says('Clear sight at every age.', 'Buena vista a cualquier edad.'),
  },
  {
    id: 'b119e0a9-6b11-42c3-8a37-24c68f8eaa78',
    given: 'Rebecca',
    family: 'Labadie',
    gender: 'female',
    credentials: 'MD',
    specialties: ['207Y00000X'],
    languages: ['en', 'fr'],
    places: ['river'],
    offers: 'specialist',
    networks: ['bay', 'common'],
    statement: says(
      'Ears, nose and throat for grown-ups and children.',
      'Oídos, nariz y garganta para adultos y niños.',
    ),
  },
  {
    id: '0653c047-19b4-466e-a048-0b3917600b43',
    given: 'Dolly',
    family: 'Morissette',
    gender: 'female',
    credentials: 'NP',
    specialties: ['363LF0000X', '207Q00000X'],
    languages: ['en', 'ht'],
    places: ['river', 'harbor'],
    offers: 'family',
    networks: ['bay', 'common', 'state'],
    statement: says('Often the first to have time for you.', 'Muchas veces la primera que tiene tiempo para usted.'),
  },
  {
    id: '42676af6-6808-4b64-ba11-0b100bacdb74',
    given: 'Lane',
    family: 'Jacobi',
    gender: 'male',
    credentials: 'MD',
    specialties: ['207RP1001X'],
    languages: ['en'],
    places: ['valley'],
    offers: 'specialist',
    networks: ['bay', 'state'],
    statement: says('Breathing easier.', 'Respirar mejor.'),
  },
  {
    id: '1cb51157-8083-410f-87d1-07a94629222a',
    given: 'Jonah',
    family: 'Schroeder',
    gender: 'male',
    credentials: 'MD',
    specialties: ['2084N0400X'],
    languages: ['en', 'de'],
    places: ['harbor'],
    offers: 'specialist',
    networks: ['bay', 'common'],
    statement: says(
      'Headaches, numbness, memory: let us find out together.',
      'Dolores de cabeza, adormecimiento, memoria: averigüémoslo juntos.',
    ),
  },
  {
    id: 'c0ee937a-ff26-4d70-8a32-e5e2ab9be7ec',
    given: 'Elizbeth',
    family: 'Ratke',
    gender: 'female',
    credentials: 'MD',
    specialties: ['207K00000X'],
    languages: ['en', 'es'],
    places: ['river'],
    offers: 'specialist',
    networks: ['bay', 'common', 'state'],
    statement: says('Allergies and asthma, for all ages.', 'Alergias y asma, a todas las edades.'),
  },
]
