/** More reasons in everyday words, after those of reasons.ts; each line as there. A clinician can review it as it stands. */
export const everydayReasonTable = `
Sinus trouble | Problemas de los senos nasales | 207Q00000X 207Y00000X | office-visit video-visit | | sinus infection, sinusitis, stuffed up, post nasal drip, sinusitis, nariz tapada, goteo nasal
Strep or tonsils | Estreptococo o amígdalas | 207Q00000X 208000000X 207Y00000X | urgent-visit office-visit | | strep, strep throat, strep test, tonsils, tonsillitis, swollen glands, anginas, amígdalas, amigdalitis, ganglios inflamados
Nosebleeds | Sangrado de nariz | 207Q00000X 207Y00000X | office-visit urgent-visit | | nosebleed, nosebleeds, bloody nose, sangra la nariz, hemorragia nasal
Hoarse voice or trouble swallowing | Ronquera o dificultad para tragar | 207Y00000X 207Q00000X | office-visit | | hoarse, lost my voice, trouble swallowing, hard to swallow, ronquera, ronco, afonía, me cuesta tragar
Ear wax | Cera en los oídos | 207Q00000X 207Y00000X | office-visit | | ear wax, earwax, clogged ear, plugged ear, cera, tapón de cera, oído tapado
Acne and pimples | Acné y granos | 207N00000X 207Q00000X | office-visit video-visit | | pimples, zits, breakouts, granos, espinillas, barros
Nail problems | Problemas de las uñas | 213E00000X 207N00000X | office-visit | | nail fungus, toenail fungus, yellow nails, hongos en las uñas, uñas amarillas
Athlete’s foot or ringworm | Pie de atleta o tiña | 207N00000X 207Q00000X 213E00000X | office-visit video-visit | | athletes foot, ringworm, jock itch, fungal infection, pie de atleta, tiña, hongos
Cold sores or shingles | Herpes labial o zóster | 207Q00000X 207N00000X | urgent-visit video-visit office-visit | | cold sore, fever blister, shingles, herpes, herpes labial, fuego en la boca, culebrilla, herpes zóster
Hair loss | Caída del cabello | 207N00000X 207Q00000X | office-visit | | hair loss, losing hair, going bald, bald spots, caída del pelo, se me cae el pelo, calvicie
Warts and skin tags | Verrugas y fibromas | 207N00000X 207Q00000X | procedure office-visit | | warts, skin tag, skin tags, plantar wart, verrugas, mezquinos, carnosidades
Lice or scabies | Piojos o sarna | 208000000X 207Q00000X | urgent-visit video-visit | | lice, head lice, nits, scabies, piojos, liendres, sarna
Chickenpox, measles or mumps | Varicela, sarampión o paperas | 208000000X 207Q00000X | urgent-visit video-visit | | chickenpox, chicken pox, measles, mumps, varicela, sarampión, paperas
Teething and colic | Dentición y cólico | 208000000X | office-visit video-visit | 0 | teething, colic, colicky, baby cries all night, spitting up, le salen los dientes, cólico del bebé
Diaper rash | Rozadura de pañal | 208000000X | office-visit video-visit | 0 | diaper rash, rozadura, pañalitis
Bed-wetting | Mojar la cama | 208000000X 208800000X | office-visit | 6 | bedwetting, wets the bed, wetting the bed, moja la cama, enuresis, se orina en la cama
Teenager’s health | Salud de adolescentes | 2080A0000X 208000000X | office-visit | 15 | teenager, teen checkup, puberty, adolescente, pubertad
Arm, wrist or hand pain | Dolor de brazo, muñeca o mano | 207X00000X 225X00000X 207Q00000X | office-visit | | arm pain, elbow pain, wrist pain, hand pain, tennis elbow, carpal tunnel, trigger finger, dolor de brazo, dolor de codo, dolor de mano, dolor de muñeca, túnel carpiano
Gout | Gota | 207RR0500X 207Q00000X | office-visit | | gout, gota, ácido úrico, uric acid
Weak bones | Huesos débiles | 207RE0101X 207Q00000X 207RR0500X | screening office-visit | 65 | osteoporosis, bone density, dexa scan, weak bones, osteoporosis, densidad ósea, huesos débiles
Falls and balance | Caídas y equilibrio | 207QG0300X 225100000X 207Q00000X | office-visit | 70 | falling, falls, unsteady, balance problems, keep falling, caídas, equilibrio, me caigo mucho
Hernia | Hernia | 208600000X 207Q00000X | office-visit new-patient | | hernia, groin bulge, hernia inguinal
Hemorrhoids | Hemorroides | 207Q00000X 207RG0100X 208600000X | office-visit | | hemorrhoids, piles, itchy bottom, hemorroides, almorranas
Gallstones | Cálculos de la vesícula | 207RG0100X 208600000X | office-visit | | gallbladder, gallstones, vesícula, piedras en la vesícula
Bloating or gas | Hinchazón del vientre o gases | 207Q00000X 207RG0100X | office-visit | | bloating, bloated, gas, indigestion, lactose, gluten, celiac, gases, indigestión, empacho, lactosa, celíaca
Liver | Hígado | 207RG0100X 207R00000X | office-visit | | liver, fatty liver, hepatitis, hígado, hígado graso
Varicose veins | Várices | 208600000X 207Q00000X | office-visit | | varicose veins, spider veins, várices, arañitas
Blood test | Análisis de sangre | 207Q00000X 207R00000X | office-visit | | blood test, blood work, bloodwork, lab work, labs, análisis de sangre, exámenes de sangre, prueba de sangre
Low iron | Falta de hierro | 207Q00000X 207RH0003X | office-visit | | low iron, anemic, iron deficiency, anémica, anémico, falta de hierro
Leaking urine | Pérdida de orina | 208800000X 207V00000X 225100000X | office-visit | | incontinence, leaking urine, bladder leaks, pee when i laugh, overactive bladder, incontinencia, se me sale la orina, vejiga hiperactiva
Erection problems | Problemas de erección | 208800000X 207Q00000X | office-visit video-visit | 50 | erectile dysfunction, viagra, impotence, low testosterone, disfunción eréctil, impotencia, testosterona baja
Vasectomy | Vasectomía | 208800000X | procedure new-patient | 38 | vasectomy, vasectomía
Yeast infection or discharge | Infección vaginal o flujo | 207V00000X 367A00000X 207Q00000X | urgent-visit office-visit video-visit | 30 | yeast infection, vaginal discharge, vaginal itching, infección vaginal, flujo, hongos vaginales
After having a baby | Después del parto | 207V00000X 367A00000X | follow-up office-visit | 30 | postpartum, after birth, baby blues, postpartum depression, posparto, después del parto, depresión posparto, cuarentena
Miscarriage or abortion | Pérdida del embarazo o aborto | 207V00000X 367A00000X | office-visit | 28 | miscarriage, abortion, pregnancy loss, aborto, pérdida del embarazo
Trauma or bad memories | Trauma o malos recuerdos | 103T00000X 1041C0700X 2084P0800X | therapy video-visit | | trauma, ptsd, nightmares, flashbacks, abuse, pesadillas, estrés postraumático, abuso, maltrato
Moods that swing | Cambios de ánimo | 2084P0800X 103T00000X | office-visit therapy | | bipolar, mood swings, anger, angry all the time, cambios de humor, bipolaridad, enojo, ira
Eating problems | Trastornos de la alimentación | 103T00000X 133V00000X 2084P0800X | therapy office-visit | | eating disorder, anorexia, bulimia, binge eating, trastorno alimentario, atracones
Shaking or tremor | Temblor | 2084N0400X 207Q00000X | office-visit new-patient | | tremor, shaky hands, shaking hands, parkinson, temblor, me tiemblan las manos
Seizures | Convulsiones | 2084N0400X | office-visit new-patient | | epilepsy, seizure, seizures, epilepsia, convulsiones, ataques epilépticos
Concussion | Golpe en la cabeza | 207Q00000X 2084N0400X | urgent-visit office-visit | | concussion, hit my head, conmoción, golpe en la cabeza
Floaters or dry eyes | Moscas volantes u ojos secos | 152W00000X 207W00000X | office-visit | | floaters, dry eyes, stye, watery eyes, moscas volantes, ojos secos, orzuelo, ojos llorosos
Cataracts or glaucoma | Cataratas o glaucoma | 207W00000X 152W00000X | office-visit new-patient | 68 | cataract, cataracts, glaucoma, macular degeneration, cataratas, degeneración macular
Lung trouble for years | Enfermedad crónica del pulmón | 207RP1001X 207R00000X | office-visit follow-up | | copd, emphysema, chronic bronchitis, bronchitis, epoc, enfisema, bronquitis
Covid | Covid | 207Q00000X 363LF0000X | video-visit urgent-visit | | covid, coronavirus, long covid, covid test, prueba de covid, covid largo
Cancer check | Control de cáncer | 207RH0003X 207R00000X | office-visit new-patient | | cancer, chemo, chemotherapy, tumor, cáncer, quimioterapia
Insurance or immigration exam | Examen para seguro o inmigración | 207Q00000X 207R00000X | annual-physical office-visit | | immigration exam, green card exam, dot physical, work physical, pre employment physical, camp physical, examen de inmigración, examen para el trabajo, examen para el campamento
Before surgery | Antes de una operación | 207R00000X 207Q00000X | office-visit | | pre op, preop, surgery clearance, before surgery, preoperatorio, antes de la operación
Hospital follow-up | Después del hospital | 207Q00000X 207R00000X | follow-up video-visit | | after hospital, hospital discharge, er follow up, salí del hospital, después del hospital
`
