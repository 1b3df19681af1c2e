/** The door to other companies: each with a built-in local twin. */
export { DeliveryFault } from './delivery.ts'
export { readAddress, smtpMail, type Letter, type Mail } from './mail.ts'
export type { Texts } from './texts.ts'
export { localMail, localTexts, type Kept } from './twins.ts'
