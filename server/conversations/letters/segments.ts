/** Counts and keeps the price of a text message: segments of the GSM 7-bit alphabet or of UCS-2 (3GPP TS 23.038). */

const basic = new Set(
  '@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !"#¤%&\'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà',
)
/** These cost two. */
const extended = new Set('^{}\\[~]|€\f')

/** In how many segments a carrier sends this text. */
export function segmentsOf(text: string): number {
  const signs = [...text]
  const sevenBit = signs.every((sign) => basic.has(sign) || extended.has(sign))
  const units = sevenBit ? signs.reduce((sum, sign) => sum + (extended.has(sign) ? 2 : 1), 0) : text.length
  const [alone, joined] = sevenBit ? [160, 153] : [70, 67]
  return units <= alone ? 1 : Math.ceil(units / joined)
}

/** The same words with the accents that the 7-bit alphabet lacks taken off (á í ó ú, but not é ñ ü). */
export function sevenBit(text: string): string {
  const quotes = text.replace(/[‘’]/g, "'").replace(/[“”]/g, '"').replace(/[–—]/g, '-')
  return [...quotes.normalize('NFC')]
    .map((sign) => (basic.has(sign) || extended.has(sign) ? sign : sign.normalize('NFD').replace(/\p{M}/gu, '')))
    .join('')
}

/**
 * The first of these wordings, longest first, that fits two segments, losing accents before it loses facts; the last one
 * when none does.
 */
export function fitting(wordings: string[]): string {
  for (const wording of wordings)
    for (const form of [wording, sevenBit(wording)]) if (segmentsOf(form) <= 2) return form
  return sevenBit(wordings.at(-1) ?? '')
}
