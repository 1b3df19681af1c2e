/**
 * Reasons for a visit in everyday words, a line each:
 *   English | Spanish | NUCC codes, best first | visit types, best first | typical age, when it matters | what people say
 * A clinician can review this table as it stands, with common-reasons.ts, which comes before it.
 */
export const reasonTable = `
High blood pressure | Presión alta | 207Q00000X 207R00000X 207RC0000X | follow-up office-visit | | blood pressure, hypertension, presión arterial, presión alta, hipertensión
Medicine refill | Renovar una medicina | 207Q00000X 207R00000X 363LF0000X | video-visit follow-up office-visit | | refill, prescription, need my medicine, medication refill, receta, renovar receta, mis medicinas, medicamento
Test results | Resultados de exámenes | 207Q00000X 207R00000X | follow-up video-visit office-visit | | test results, lab results, results, resultados, resultados de laboratorio
New doctor | Nuevo médico | 207Q00000X 207R00000X 208000000X | new-patient | | new patient, find a doctor, need a doctor, new doctor, paciente nuevo, buscar médico, necesito un doctor
Earache | Dolor de oído | 208000000X 207Q00000X 207Y00000X | urgent-visit office-visit | | ear pain, ears hurt, my ears hurt, ear infection, earache, ringing ears, dolor de oído, me duele el oído, infección de oído, zumbido
Hearing loss | Pérdida de audición | 231H00000X 207Y00000X | office-visit | | can't hear, hearing loss, hearing test, no oigo bien, prueba de audición
Eye exam | Examen de la vista | 152W00000X 207W00000X | office-visit screening | | eye exam, glasses, contacts, vision test, blurry vision, examen de la vista, lentes, anteojos, vista borrosa, ojos
Red or sore eye | Ojo rojo o irritado | 152W00000X 207Q00000X | urgent-visit office-visit | | pink eye, red eye, eye infection, ojo rojo, conjuntivitis
Headache | Dolor de cabeza | 207Q00000X 2084N0400X | office-visit | | headache, headaches, migraine, migraines, head hurts, dolor de cabeza, migraña, jaqueca
Dizziness | Mareo | 207Q00000X 2084N0400X 207Y00000X | office-visit | | dizzy, dizziness, vertigo, lightheaded, mareo, mareos, vértigo
Memory problems | Problemas de memoria | 2084N0400X 207QG0300X 207R00000X | office-visit new-patient | | memory loss, forgetful, forgetting things, dementia, memoria, olvidos, demencia
Numbness or tingling | Adormecimiento u hormigueo | 2084N0400X 207Q00000X | office-visit | | numbness, tingling, pins and needles, adormecimiento, hormigueo
Stomach pain | Dolor de estómago | 207Q00000X 207RG0100X | office-visit | | stomach ache, belly pain, stomach pain, stomach hurts, nausea, vomiting, dolor de estómago, dolor de panza, náuseas, vómito
Heartburn | Acidez | 207RG0100X 207Q00000X | office-visit | | heartburn, acid reflux, reflux, gerd, acidez, reflujo, agruras
Constipation or diarrhea | Estreñimiento o diarrea | 207Q00000X 207RG0100X | office-visit | | constipation, diarrhea, ibs, estreñimiento, diarrea, colon irritable
Colon screening | Examen del colon | 207RG0100X | screening procedure office-visit | 50 | colonoscopy, colon cancer screening, colonoscopia, examen de colon
Knee or joint pain | Dolor de rodilla o articulaciones | 207X00000X 207RR0500X 225100000X | office-visit | | knee pain, hip pain, joint pain, shoulder pain, arthritis, dolor de rodilla, dolor de cadera, dolor de hombro, articulaciones, artritis
Sprain or injury | Torcedura o lesión | 207X00000X 207Q00000X 225100000X | urgent-visit office-visit | | sprain, sprained ankle, sports injury, broken bone, wrist hurts, torcedura, esguince, lesión, fractura, me caí
Foot pain | Dolor de pies | 213E00000X 207X00000X | office-visit | | foot pain, heel pain, ingrown toenail, bunion, dolor de pie, dolor de talón, uñero, juanete
Muscle pain | Dolor muscular | 225100000X 207Q00000X | office-visit | | muscle pain, sore muscles, strain, dolor muscular, desgarro
After surgery | Después de una operación | 208600000X 225100000X | follow-up procedure | | after surgery, post op, stitches removed, después de la operación, quitar puntos
Asthma or trouble with breath | Asma o falta de aire leve | 207K00000X 207RP1001X 207Q00000X | office-visit | | asthma, wheezing, inhaler, asma, silbido en el pecho, inhalador
Sleep apnea or snoring | Apnea o ronquidos | 207RP1001X 207Y00000X | office-visit | | snoring, sleep apnea, cpap, ronquidos, apnea del sueño
Allergies | Alergias | 207K00000X 207Q00000X | office-visit new-patient | | allergies, allergy, hay fever, food allergy, allergy test, alergia, alergias, fiebre del heno, prueba de alergia
Heart check | Revisión del corazón | 207RC0000X | new-patient office-visit | | heart check, palpitations, heart murmur, cholesterol, irregular heartbeat, corazón, palpitaciones, soplo, colesterol
Swollen legs | Piernas hinchadas | 207Q00000X 207RC0000X | office-visit | | swollen legs, swollen feet, swelling, piernas hinchadas, pies hinchados, hinchazón
Thyroid | Tiroides | 207RE0101X 207Q00000X | office-visit | | thyroid, hypothyroid, goiter, tiroides, bocio
Weight | Peso | 207Q00000X 133V00000X 207RE0101X | office-visit | | lose weight, weight loss, overweight, obesity, bajar de peso, perder peso, sobrepeso, obesidad
Food and diet advice | Consejos de alimentación | 133V00000X | office-visit video-visit | | diet, nutrition, healthy eating, dieta, nutrición, comer sano
Quit smoking | Dejar de fumar | 207Q00000X 207R00000X | video-visit office-visit | | quit smoking, stop smoking, vaping, dejar de fumar, vapear
Drinking or drugs | Alcohol o drogas | 2084P0800X 207Q00000X 103T00000X | office-visit video-visit | | drinking too much, alcohol, addiction, drugs, opioids, alcoholismo, adicción, drogas, bebo demasiado
Trouble sleeping | Problemas para dormir | 207Q00000X 103T00000X | office-visit video-visit | | insomnia, trouble sleeping, insomnio, no puedo dormir, problemas para dormir
Attention or ADHD | Atención o TDAH | 208000000X 2084P0800X 103T00000X | office-visit | | adhd, add, attention problems, trouble focusing, tdah, falta de atención
Couples or family counseling | Terapia de pareja o familia | 103T00000X 1041C0700X | therapy | | marriage counseling, couples therapy, family therapy, terapia de pareja, terapia familiar
Pap test | Papanicolaou | 207V00000X 367A00000X 207Q00000X | screening annual-physical office-visit | 30 | pap smear, pap test, pap, pelvic exam, papanicolaou, papanicolau, examen pélvico, citología
Birth control | Anticonceptivos | 207V00000X 367A00000X 207Q00000X | office-visit video-visit | 25 | birth control, the pill, iud, contraception, plan b, anticonceptivos, pastillas anticonceptivas, diu, planificación familiar
Period problems | Problemas de la regla | 207V00000X 367A00000X | office-visit | 25 | period pain, heavy periods, irregular periods, cramps, missed period, regla, menstruación, cólicos, no me baja
Menopause | Menopausia | 207V00000X 207Q00000X | office-visit | 52 | menopause, hot flashes, menopausia, sofocos, bochornos
Breast lump or mammogram | Bulto en el seno o mamografía | 207V00000X 207Q00000X | screening office-visit | 45 | mammogram, breast lump, breast exam, mamografía, bulto en el seno, examen de senos
Trouble getting pregnant | Dificultad para tener hijos | 207V00000X | new-patient office-visit | 32 | infertility, trying to get pregnant, fertility, infertilidad, fertilidad, quedar embarazada
New baby | Bebé recién nacido | 208000000X 207Q00000X | well-child new-patient | 0 | newborn, new baby, baby visit, recién nacido, bebé, bebé nuevo
Child with fever | Niño con fiebre | 208000000X | urgent-visit office-visit | 4 | child fever, kid has fever, baby fever, niño con fiebre, mi hijo tiene fiebre, bebé con fiebre
Feeding or breastfeeding | Alimentación o lactancia | 208000000X 367A00000X | office-visit | 0 | breastfeeding, feeding problems, lactancia, dar pecho, amamantar
Speech or development | Habla o desarrollo | 208000000X 235Z00000X | office-visit | 3 | late talker, speech delay, development, autism, retraso del habla, desarrollo, autismo
Bladder infection | Infección urinaria | 207Q00000X 207V00000X 208800000X | urgent-visit video-visit office-visit | | uti, bladder infection, burning when i pee, urinary infection, infección urinaria, ardor al orinar, cistitis
Prostate | Próstata | 208800000X 207Q00000X | office-visit | 55 | prostate, psa test, próstata
Testing for STIs | Pruebas de ETS | 207Q00000X 207V00000X 207RI0200X | office-visit screening | 25 | std test, sti test, hiv test, ets, its, prueba de vih
Kidney problems | Problemas de los riñones | 207RN0300X 207R00000X | office-visit | | kidney disease, kidney stones, riñones, piedras en el riñón, cálculos
Tired all the time | Cansancio | 207Q00000X 207R00000X | office-visit | | tired, fatigue, no energy, exhausted, anemia, cansancio, fatiga, sin energía
Lump or growth | Bulto o crecimiento | 207Q00000X 208600000X | office-visit | | lump, growth, cyst, bump, bulto, quiste, bolita
Cut or stitches | Corte o puntos | 207Q00000X 261QU0200X | urgent-visit procedure | | cut, stitches, wound, burn, cortada, corte, herida, quemadura, puntos
Insect or animal bite | Picadura o mordedura | 207Q00000X 261QU0200X | urgent-visit | | bug bite, tick bite, dog bite, bee sting, picadura, mordedura, garrapata
Travel shots and advice | Vacunas y consejos para viajar | 207Q00000X 207RI0200X | vaccination office-visit | | travel shots, travel vaccine, malaria pills, vacunas para viajar, viaje
Form or work note | Formulario o nota para el trabajo | 207Q00000X 363LF0000X | office-visit video-visit | | work note, doctor's note, form, disability form, fmla, nota del doctor, justificante, formulario, incapacidad
Video visit | Visita por video | 207Q00000X 207R00000X 363LF0000X | video-visit | | video visit, telehealth, online visit, virtual visit, visita por video, visita virtual, telesalud
Second opinion | Segunda opinión | 207R00000X 207RC0000X 208600000X | new-patient office-visit | | second opinion, segunda opinión
Tooth pain | Dolor de muelas | 122300000X | urgent-visit office-visit | | toothache, tooth pain, dental cleaning, dolor de muela, dolor de dientes, limpieza dental
`
