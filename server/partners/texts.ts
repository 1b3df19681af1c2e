/** The way out for text messages; a provider fulfils this, or the local twin. */
import type { Receipt } from './delivery.ts'
import type { Clearance } from './gate.ts'

export interface TextMessage {
  /** That the gate let this content out. */
  clearance: Clearance
  organizationId: string
  /** One per message and for ever: given to the provider so that a message sent again is recognised. */
  key: string
  /** E.164, such as +16175550100. */
  to: string
  body: string
}

export interface Texts {
  /** Resolves when the provider has taken the message, which is not yet delivery. Throws DeliveryFault. */
  send(message: TextMessage): Promise<Receipt>
}
