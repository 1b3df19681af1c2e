/** `/.well-known/smart-configuration` (SMART App Launch 2.2, Conformance): where to ask, and what this server can. */
import { oauthPath } from './provider.ts'
import { namedScopes } from './scopes.ts'

const capabilities = [
  'launch-ehr',
  'launch-standalone',
  'client-public',
  'client-confidential-symmetric',
  'client-confidential-asymmetric',
  'sso-openid-connect',
  'context-banner',
  'context-ehr-patient',
  'context-standalone-patient',
  'permission-patient',
  'permission-user',
  'permission-offline',
  'permission-online',
  'permission-v1',
  'permission-v2',
]

export function smartConfiguration(publicUrl: string) {
  const oauth = `${publicUrl}${oauthPath}`
  return {
    issuer: oauth,
    jwks_uri: `${oauth}/jwks`,
    ...endpoints(oauth),
    management_endpoint: `${publicUrl}/connect`,
    grant_types_supported: ['authorization_code', 'refresh_token', 'client_credentials'],
    response_types_supported: ['code'],
    scopes_supported: namedScopes,
    token_endpoint_auth_methods_supported: ['client_secret_basic', 'client_secret_post', 'private_key_jwt'],
    token_endpoint_auth_signing_alg_values_supported: ['RS384', 'ES384'],
    code_challenge_methods_supported: ['S256'],
    capabilities,
  }
}

const endpoints = (oauth: string) => ({
  authorization_endpoint: `${oauth}/authorize`,
  token_endpoint: `${oauth}/token`,
  introspection_endpoint: `${oauth}/introspect`,
  revocation_endpoint: `${oauth}/revoke`,
})

/** `rest.security` of the CapabilityStatement: the same addresses for apps that read them there (SMART App Launch 1.0). */
export function securityOf(publicUrl: string) {
  const found = endpoints(`${publicUrl}${oauthPath}`)
  const uri = (url: string, valueUri: string) => ({ url, valueUri })
  return {
    cors: true,
    service: [
      {
        coding: [{ system: 'http://terminology.hl7.org/CodeSystem/restful-security-service', code: 'SMART-on-FHIR' }],
      },
    ],
    extension: [
      {
        url: 'http://fhir-registry.smarthealthit.org/StructureDefinition/oauth-uris',
        extension: [
          uri('authorize', found.authorization_endpoint),
          uri('token', found.token_endpoint),
          uri('introspect', found.introspection_endpoint),
          uri('revoke', found.revocation_endpoint),
        ],
      },
    ],
    description: 'A token of SMART App Launch 2.2, or one that the health system made for a program of its own.',
  }
}
