/** The door to other companies: each with a built-in local twin, and one gate for all that is told of a patient. */
export { DeliveryFault } from './delivery.ts'
export { dataClasses, services, type Clearance, type DataClass } from './gate.ts'
export { letOut } from './let-out.ts'
export { readAddress, smtpMail, type Letter, type Mail } from './mail.ts'
export { endVendor, enterOwnCarriers, enterVendor, listVendors, signAgreement } from './register.ts'
export { partners } from './routes.ts'
export type { Texts } from './texts.ts'
export { localMail, localTexts, type Kept } from './twins.ts'
