/** What every partner that carries messages answers: a receipt, or a fault that says whether trying again can help. */

export interface Receipt {
  /** The same for the same key: the Message-ID of a mail, the provider's id of a text. */
  id: string
  /** The carrier's own words when it took the message; free of health information, may be empty. */
  answer: string
}

/**
 * The carrier did not take the message, or never said. `cause` is short, fit for a row and a log: a step and a code,
 * never the carrier's sentence, which often repeats the patient's address.
 */
export class DeliveryFault extends Error {
  override name = 'DeliveryFault'
  /** Trying the same message again later may work. */
  readonly temporary: boolean
  /** The whole message was handed over and no answer came: it may have been delivered. */
  readonly uncertain: boolean
  override readonly cause: string

  constructor(fault: { temporary: boolean; uncertain: boolean; cause: string }) {
    super(`the message was not taken: ${fault.cause}`)
    this.temporary = fault.temporary
    this.uncertain = fault.uncertain
    this.cause = fault.cause
  }
}
