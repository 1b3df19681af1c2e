/** Reads what went wrong with a letter: is it worth trying again, and may it have arrived all the same? */
import { DeliveryFault } from './delivery.ts'

interface SmtpError {
  code: string
  originalCode?: string
  responseCode?: number
  response?: string
  command?: string
}

/** Steps at which a 5yz answer (RFC 5321 §4.2.1) is about this letter, and not about the relay or our password. */
const aboutTheLetter = ['RCPT TO', 'DATA']

/** Faults of the letter itself, found before anything was sent. */
const unsendable = ['EENVELOPE', 'EMESSAGE', 'ESTREAM']

/** The fault behind an error of the mail library; any other error is a bug and is thrown again as it is. */
export function deliveryFault(error: unknown, handedOver: boolean): DeliveryFault {
  if (!isSmtpError(error)) throw error
  const { code, originalCode, responseCode, command } = error
  const answered = responseCode !== undefined
  const permanent = answered ? responseCode >= 500 && aboutTheLetter.includes(command ?? '') : unsendable.includes(code)
  const cause = answered
    ? ['refused', responseCode, enhancedCode(error.response), 'at', command ?? 'CONN'].filter(Boolean).join(' ')
    : (originalCode ?? code)
  return new DeliveryFault({ temporary: !permanent, uncertain: handedOver && !answered, cause })
}

/** The enhanced status code of RFC 3463, such as 5.1.1. */
const enhancedCode = (response = '') => /^\d{3}[ -](\d\.\d{1,3}\.\d{1,3})\b/.exec(response)?.[1]

function isSmtpError(error: unknown): error is Error & SmtpError {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' && /^E[A-Z0-9]+$/.test(error.code)
}
