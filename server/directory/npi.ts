/** National Provider Identifiers: ten digits, the last of which checks the others (45 CFR 162.406; ISO/IEC 7812 Luhn). */

/** Whether the text is an NPI whose check digit is right. The card issuer prefix 80840 counts, though it is not written. */
export function isNpi(text: string): boolean {
  if (!/^\d{10}$/.test(text)) return false
  const sum = [...`80840${text}`].reverse().reduce((total, digit, place) => {
    const value = Number(digit) * (place % 2 === 0 ? 1 : 2)
    return total + (value > 9 ? value - 9 : value)
  }, 0)
  return sum % 10 === 0
}
