/**
 * Specialties in everyday words, a line each:  NUCC code | English | Spanish | what people say for it, in both languages.
 * Codes are of the NUCC Health Care Provider Taxonomy (© American Medical Association / NUCC; free to use, not to sell).
 * A clinician can review this table as it stands.
 */
export const specialtyTable = `
207Q00000X | Family medicine | Medicina familiar | family doctor, family physician, primary care, general doctor, gp, general practitioner, regular doctor, pcp, médico de familia, médico familiar, doctor general, médico general, médico de cabecera, atención primaria
208D00000X | General practice | Medicina general | general practice
207R00000X | Internal medicine | Medicina interna | internist, internal medicine doctor, adult doctor, doctor for adults, internista, médico internista, doctor para adultos
208000000X | Children’s health | Pediatría | pediatrician, pediatrics, children's doctor, kids doctor, kid doctor, baby doctor, child doctor, doctor for my child, pediatra, doctor de niños, médico de niños, doctor para mi hijo, kids, kid, child, children, baby, niño, niños, hijo, bebé
363LF0000X | Family nurse practitioner | Enfermería familiar | nurse practitioner, family nurse, np, enfermera practicante, enfermera especializada
363A00000X | Physician assistant | Asistente médico | physician assistant, pa, asistente médico
207RC0000X | Heart care | Cardiología | heart doctor, heart specialist, cardiologist, cardiology, cardiólogo, cardióloga, doctor del corazón, especialista del corazón, heart, corazón, chest pain, dolor de pecho
207N00000X | Skin care | Dermatología | skin doctor, skin specialist, dermatologist, dermatology, dermatólogo, dermatóloga, doctor de la piel, especialista de la piel, skin, piel, hair loss, caída del cabello
207V00000X | Women’s health and pregnancy | Ginecología y obstetricia | obgyn, ob gyn, ob-gyn, gynecologist, obstetrician, women's doctor, woman doctor, ginecólogo, ginecóloga, obstetra, doctor de mujeres, women's health, salud de la mujer
367A00000X | Midwife care | Partería | midwife, midwives, nurse midwife, partera, matrona, comadrona
207X00000X | Bones and joints | Ortopedia | orthopedist, orthopedics, orthopedic surgeon, bone doctor, joint doctor, ortopedista, ortopeda, traumatólogo, doctor de huesos, bone, bones, joint, joints, hueso, huesos
225100000X | Physical therapy | Fisioterapia | physical therapist, physical therapy, physiotherapist, pt, rehab, fisioterapeuta, terapia física, terapeuta físico, rehabilitación
225X00000X | Occupational therapy | Terapia ocupacional | occupational therapist, hand therapist, terapeuta ocupacional
235Z00000X | Speech therapy | Terapia del habla | speech therapist, speech pathologist, terapeuta del habla, fonoaudiólogo, logopeda
103T00000X | Counseling (psychologist) | Psicología | psychologist, therapist, counselor, talk therapy, counseling, shrink, psicólogo, psicóloga, terapeuta, consejero, terapia, mental health, salud mental, feelings
1041C0700X | Counseling (social worker) | Terapia (trabajo social) | social worker, clinical social worker, trabajador social, trabajadora social
101YM0800X | Mental health counseling | Consejería de salud mental | mental health counselor, consejero de salud mental
2084P0800X | Psychiatry | Psiquiatría | psychiatrist, psychiatry, mental health doctor, psiquiatra
207RE0101X | Diabetes and hormones | Endocrinología | endocrinologist, diabetes doctor, thyroid doctor, hormone doctor, endocrinólogo, endocrinóloga, doctor de diabetes, doctor de la tiroides, hormones, hormonas
207RG0100X | Stomach and digestion | Gastroenterología | gastroenterologist, stomach doctor, gi doctor, digestive doctor, gastroenterólogo, doctor del estómago, doctor de la panza, stomach, digestion, estómago, panza
207RP1001X | Lungs and breathing | Neumología | pulmonologist, lung doctor, breathing doctor, neumólogo, neumóloga, doctor de los pulmones, lung, lungs, pulmón, pulmones
2084N0400X | Brain and nerves | Neurología | neurologist, brain doctor, nerve doctor, headache doctor, neurólogo, neuróloga, doctor de los nervios, brain, nerves, cerebro, nervios
207K00000X | Allergy and asthma | Alergias y asma | allergist, allergy doctor, asthma doctor, immunologist, alergista, alergólogo, doctor de alergias
207Y00000X | Ear, nose and throat | Oído, nariz y garganta | ent, ear nose and throat, ear doctor, throat doctor, otolaryngologist, otorrino, otorrinolaringólogo, doctor de los oídos, ear, ears, nose, throat, oído, oídos, nariz, garganta
152W00000X | Eye exams | Optometría | optometrist, eye doctor, glasses doctor, optometrista, doctor de los ojos, eye, eyes, ojo, ojos, vista
207W00000X | Eye disease and surgery | Oftalmología | ophthalmologist, eye surgeon, oftalmólogo, oftalmóloga, oculista
208800000X | Urinary tract | Urología | urologist, bladder doctor, prostate doctor, urólogo, doctor de la próstata, doctor de la vejiga
207RN0300X | Kidneys | Nefrología | nephrologist, kidney doctor, nefrólogo, doctor de los riñones, kidney, kidneys, riñón
207RR0500X | Arthritis and joints | Reumatología | rheumatologist, arthritis doctor, reumatólogo, doctor de la artritis
207RH0003X | Blood and cancer | Hematología y oncología | hematologist, oncologist, cancer doctor, blood doctor, oncólogo, oncóloga, hematólogo, doctor de cáncer
207RI0200X | Infections | Enfermedades infecciosas | infectious disease doctor, infection doctor, hiv doctor, infectólogo
208600000X | Surgery | Cirugía | surgeon, general surgeon, cirujano, cirujana
2086S0122X | Plastic surgery | Cirugía plástica | plastic surgeon, cirujano plástico
207T00000X | Brain and spine surgery | Neurocirugía | neurosurgeon, spine surgeon, neurocirujano
213E00000X | Feet | Podología | podiatrist, foot doctor, toe doctor, podólogo, podiatra, doctor de los pies, foot, feet, pie, pies
111N00000X | Chiropractic | Quiropráctica | chiropractor, back cracker, quiropráctico
122300000X | Dental care | Odontología | dentist, tooth doctor, dental, dentista, odontólogo, teeth, tooth, diente, dientes, muela
133V00000X | Food and nutrition | Nutrición | dietitian, nutritionist, diet doctor, nutricionista, dietista
231H00000X | Hearing | Audiología | audiologist, hearing doctor, hearing aids, audiólogo, audífonos
207P00000X | Emergency medicine | Medicina de urgencias | emergency doctor, médico de urgencias
208VP0014X | Pain care | Tratamiento del dolor | pain doctor, pain specialist, doctor del dolor
207QG0300X | Care for older adults | Geriatría | geriatrician, doctor for older people, doctor for seniors, geriatra, doctor de ancianos, doctor para personas mayores
2080A0000X | Teen health | Medicina del adolescente | teen doctor, doctor for teenagers, doctor de adolescentes
261QU0200X | Urgent care | Atención urgente | urgent care clinic, clínica de urgencias
`
