/** Words of which guessed passwords are made: everyday English and Spanish, first names, seasons, clinics. Our own choice. */

const words = `
password passwort passcode pass contrasena clave secret secreto admin administrator administrador root user usuario guest
login welcome bienvenido letmein access open sesame changeme change default temp temporary test testing demo sample
hello hola love amor iloveyou teamo tequiero baby babe angel princess princesa prince king queen reina rey sunshine sol
flower flor star estrella moon luna heart corazon happy feliz smile family familia mother mama father papa brother sister
hermano hermana friend amigo amiga dragon monkey tiger tigre lion panther bear eagle horse dog perro cat gato puppy kitty
football futbol soccer baseball basketball hockey tennis golf yankees cowboys lakers barcelona realmadrid chelsea arsenal
liverpool superman batman spiderman pokemon starwars matrix naruto master shadow hunter ranger killer ninja pirate warrior
money dinero gold oro silver diamond lucky freedom liberty trust jesus dios god cristo maria faith blessed heaven
computer internet google facebook apple microsoft windows samsung android iphone amazon netflix qwerty azerty asdf zxcv
summer verano winter invierno spring primavera autumn fall otono january february march april june july august september
october november december enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre
monday tuesday wednesday thursday friday saturday sunday lunes martes miercoles jueves viernes sabado domingo
hospital clinic clinica health salud doctor doctora medico nurse enfermera patient paciente medical medicine care
office oficina desk front reception company empresa work trabajo school escuela student teacher london paris madrid
newyork boston chicago texas miami america mexico espana california mercury venus jupiter saturn orange banana cherry
chocolate coffee cookie cheese pepper ginger whiskey tequila guitar music musica purple yellow green black white blue red
michael jennifer jessica ashley daniel david james john robert joseph thomas charles andrew matthew joshua anthony
william richard george jordan justin brandon nicole amanda melissa michelle stephanie elizabeth samantha hannah sarah
laura linda patricia barbara susan karen nancy jose juan carlos luis miguel jorge pedro antonio francisco alejandro
fernando gabriel rafael roberto ricardo sofia isabella valentina camila daniela mariana gabriela alejandra carmen rosa ana
charlie maggie buddy bailey max harley tucker cooper jack oliver sophie lucy molly ferrari porsche mustang corvette honda
toyota harley yamaha nothing something whatever forever always never please thankyou gracias fuckyou asshole bitch shit
the and mine your you that this with for my new old big one two three abc xyz
`

export const commonWords: readonly string[] = [...new Set(words.split(/\s+/).filter((word) => word.length >= 3))]

const rows = [
  '01234567890',
  'abcdefghijklmnopqrstuvwxyz',
  'qwertyuiop',
  'qwertzuiop',
  'azertyuiop',
  'asdfghjkl',
  'qsdfghjklm',
  'zxcvbnm',
  '1q2w3e4r5t6y7u8i9o0p',
  '1qaz2wsx3edc4rfv5tgb6yhn7ujm',
  'q1w2e3r4t5y6u7i8o9p0',
  'qazwsxedcrfvtgbyhnujmikolp',
  '147258369',
]
/** Each row of keys both ways. */
export const keyboardRows: readonly string[] = rows.flatMap((row) => [row, [...row].reverse().join('')])
