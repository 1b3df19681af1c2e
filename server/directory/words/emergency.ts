/**
 * Words of an emergency: the page shows 911 first (and 988 for a crisis) before anything else. Kept broad on purpose: a
 * notice too many does no harm. 'No chest pain' also shows it; telling the difference comes with the urgency questions.
 */
export const emergencyWords = `
chest pain, chest hurts, pain in my chest, chest pressure, heart attack, stroke, face drooping, slurred speech, can't speak, can't breathe, cannot breathe,
trouble breathing, hard to breathe, short of breath, shortness of breath, choking, not breathing, blue lips, passed out, fainted, unconscious, seizure, seizures, severe bleeding,
won't stop bleeding, coughing blood, vomiting blood, overdose, took too many pills, poisoned, poisoning, worst headache of my life, sudden weakness, can't move my arm, allergic reaction throat, throat closing,
dolor de pecho, me duele el pecho, dolor en el pecho, presión en el pecho, infarto, ataque al corazón, ataque cardíaco, derrame cerebral, derrame, cara caída, no puedo respirar, no puede respirar,
me falta el aire, falta de aire, dificultad para respirar, se está ahogando, no respira, labios azules, se desmayó, desmayo, inconsciente, convulsión, convulsiones, sangra mucho, no para de sangrar,
vomita sangre, tos con sangre, sobredosis, tomó muchas pastillas, envenenamiento, intoxicación, peor dolor de cabeza, debilidad repentina, se me cierra la garganta
`

export const crisisWords = `
suicide, suicidal, kill myself, killing myself, want to die, end my life, hurt myself, self harm, cutting myself, don't want to live, better off dead,
suicidio, suicida, matarme, quiero morir, quiero morirme, quitarme la vida, hacerme daño, lastimarme, no quiero vivir, acabar con mi vida
`
