/** The browser's passkey functions, asked with what the server gave; a person who changes their mind is no error. */
import { startAuthentication, startRegistration, WebAuthnError } from '@simplewebauthn/browser'
import type { NewPasskey, PasskeyAnswer } from '../../../server/people/sign-in/contract.ts'

type AskOptions = Parameters<typeof startAuthentication>[0]['optionsJSON']
type MakeOptions = Parameters<typeof startRegistration>[0]['optionsJSON']

export const knowsPasskeys = () => typeof window.PublicKeyCredential === 'function'

/** Undefined when the person closed the browser's dialog, or it took too long. */
export async function askForPasskey(options: unknown): Promise<PasskeyAnswer | undefined> {
  return unlessStopped(async () => {
    const answer = await startAuthentication({ optionsJSON: options as AskOptions })
    return { ...answer, clientExtensionResults: {} } as PasskeyAnswer
  })
}

/** The same for a new one. */
export async function makePasskey(options: unknown): Promise<NewPasskey | undefined> {
  return unlessStopped(async () => {
    const answer = await startRegistration({ optionsJSON: options as MakeOptions })
    return { ...answer, clientExtensionResults: {} } as NewPasskey
  })
}

async function unlessStopped<T>(work: () => Promise<T>): Promise<T | undefined> {
  try {
    return await work()
  } catch (error) {
    const name = error instanceof WebAuthnError ? (error.cause as Error | undefined)?.name : (error as Error).name
    if (name === 'NotAllowedError' || name === 'AbortError') return undefined
    throw error
  }
}

/** What to call this device in the list of passkeys. */
export function deviceName(): string {
  const said = navigator.userAgent
  const known = ['iPhone', 'iPad', 'Android', 'Windows', 'Macintosh', 'Linux'].find((name) => said.includes(name))
  return known === 'Macintosh' ? 'Mac' : (known ?? 'Passkey')
}
