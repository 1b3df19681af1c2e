/** The door of this slice: all that later slices may use. */
export { createApiClient, revokeApiClient } from './api-clients.ts'
export { findOrganization, foundOrganization, listOrganizations, readOrganization, type Organization } from './organization.ts'
export { people } from './routes.ts'
export { readVisitToken, visitToken, visitUrl } from './visit-link.ts'
export { whoIs } from './who-is.ts'
