/** The only reader of the environment: typed, read once, and every fault named in one message. */
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { Type, type Static } from 'typebox'
import { Value } from 'typebox/value'
import type { KmsSettings } from './vault/aws-kms.ts'

const practicePort = 8090

const Environment = Type.Object({
  /** development: demo data, local mailbox, plain http. production: none of these. */
  ATTEND_MODE: Type.Enum(['development', 'production'], { default: 'development' }),
  /** Where the embedded database and generated keys live. */
  ATTEND_DATA: Type.String({ minLength: 1, default: './data' }),
  /** An outside PostgreSQL 18, as a role that may create roles; empty: the embedded one. */
  DATABASE_URL: Type.Optional(Type.String({ pattern: '^postgres(ql)?://' })),
  HOST: Type.String({ minLength: 1, default: '127.0.0.1' }),
  PORT: Type.Integer({ minimum: 0, maximum: 65535, default: 8080 }),
  /** What patients type to get here: links in messages begin with it. */
  PUBLIC_URL: Type.Optional(Type.String({ pattern: '^https?://[^/]+$' })),
  /** The server's one secret, 32 random bytes or more; development makes its own in ATTEND_DATA. */
  ATTEND_SECRET: Type.Optional(Type.String({ minLength: 32 })),
  /** Secrets that ATTEND_SECRET replaced, with commas between: they open what they made, and make nothing new. */
  ATTEND_SECRET_PREVIOUS: Type.Optional(Type.String({ minLength: 32 })),
  /** The file of key-encryption keys, for its owner's eyes only; empty: keys.json in ATTEND_DATA. Copy it off the machine. */
  ATTEND_KEY_FILE: Type.Optional(Type.String({ minLength: 1 })),
  /** The ARN of a key in AWS KMS, in place of the key file; with the three below it. */
  ATTEND_KMS_KEY: Type.Optional(Type.String({ pattern: '^arn:aws[a-z-]*:kms:[a-z0-9-]+:' })),
  /** Another address of KMS than its region's, such as a VPC endpoint. */
  ATTEND_KMS_URL: Type.Optional(Type.String({ pattern: '^https?://' })),
  AWS_ACCESS_KEY_ID: Type.Optional(Type.String()),
  AWS_SECRET_ACCESS_KEY: Type.Optional(Type.String()),
  AWS_SESSION_TOKEN: Type.Optional(Type.String()),
  /** Where signed heads of the audit trail are copied each hour: a folder that is not of this machine. */
  ATTEND_HEADS_FOLDER: Type.Optional(Type.String({ minLength: 1 })),
  /** on: records whose time to be kept is over, and that no hold keeps, are let go every night. */
  ATTEND_ERASE_AFTER_RETENTION: Type.Enum(['on', 'off'], { default: 'off' }),
  /** The whole list of leaked passwords, where the operator keeps it: SHA-1 lines in order, as Have I Been Pwned gives them. */
  ATTEND_LEAKED_PASSWORDS: Type.Optional(Type.String({ minLength: 1 })),
  /** Whom to tell of a weakness: mailto: or https:, as security.txt names them. */
  ATTEND_SECURITY_CONTACT: Type.Optional(Type.String({ pattern: '^(mailto:[^\\s]+@[^\\s]+|https://[^\\s]+)$' })),
  /** smtp://user:password@host:587 ; empty in development: the local mailbox. */
  SMTP_URL: Type.Optional(Type.String({ pattern: '^smtps?://' })),
  MAIL_FROM: Type.String({ minLength: 3, default: 'Attend <no-reply@localhost>' }),
  /** How many proxies stand before us, so that a client's address is believed exactly that far. */
  TRUST_PROXY_HOPS: Type.Integer({ minimum: 0, maximum: 5, default: 0 }),
  /** Where the practice copy listens, beside the real one. */
  PRACTICE_PORT: Type.Integer({ minimum: 0, maximum: 65535, default: practicePort }),
  LOG_LEVEL: Type.Enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'], { default: 'info' }),
})

export type Config = Readonly<{
  production: boolean
  /** A practice copy: nothing in it is real, its clock moves, it tells nobody outside anything. */
  practice: boolean
  dataDir: string
  databaseUrl: string | undefined
  host: string
  port: number
  publicUrl: string
  secret: string | undefined
  secretsBefore: readonly string[]
  keyFile: string
  kms: KmsSettings | undefined
  headsFolder: string | undefined
  leakedPasswords: string | undefined
  eraseAfterRetention: boolean
  securityContact: string | undefined
  smtpUrl: string | undefined
  mailFrom: string
  trustProxyHops: number
  logLevel: Static<typeof Environment>['LOG_LEVEL']
}>

/** Thrown with every fault at once, a line each, fit to print. */
export class ConfigFault extends Error {
  override name = 'ConfigFault'
}

const defaultSecrets = ['changeme', 'secret', 'attend', 'password', 'example']

/** Reads the given environment (the process's own by default). Throws ConfigFault. */
export function readConfig(env: NodeJS.ProcessEnv = process.env): Config {
  const known = Object.keys(Environment.properties)
  const given = Object.fromEntries(known.flatMap((name) => (env[name] ? [[name, env[name]]] : [])))
  const values = Value.Convert(Environment, Value.Default(Environment, given))
  const faults = Value.Errors(Environment, values).map((e) => `${nameIn(e.instancePath, e.message)}: ${e.message}`)
  if (faults.length > 0) throw new ConfigFault(`The configuration has faults:\n  ${faults.join('\n  ')}`)
  const read = values as Static<typeof Environment>
  if (read.ATTEND_KMS_KEY && !kmsIn(read))
    throw new ConfigFault('ATTEND_KMS_KEY: give AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY with it')
  if (read.ATTEND_LEAKED_PASSWORDS && !existsSync(read.ATTEND_LEAKED_PASSWORDS))
    throw new ConfigFault('ATTEND_LEAKED_PASSWORDS: there is no such file')
  const unsafe = read.ATTEND_MODE === 'production' ? unsafeInProduction(read) : []
  if (unsafe.length > 0) throw new ConfigFault(`Production refuses to start:\n  ${unsafe.join('\n  ')}`)
  return {
    production: read.ATTEND_MODE === 'production',
    practice: false,
    dataDir: read.ATTEND_DATA,
    databaseUrl: read.DATABASE_URL,
    host: read.HOST,
    port: read.PORT,
    publicUrl: read.PUBLIC_URL ?? `http://localhost:${read.PORT}`,
    secret: read.ATTEND_SECRET,
    secretsBefore: read.ATTEND_SECRET_PREVIOUS?.split(',').filter((one) => one !== '') ?? [],
    keyFile: read.ATTEND_KEY_FILE ?? join(read.ATTEND_DATA, 'keys.json'),
    kms: kmsIn(read),
    headsFolder: read.ATTEND_HEADS_FOLDER,
    eraseAfterRetention: read.ATTEND_ERASE_AFTER_RETENTION === 'on',
    leakedPasswords: read.ATTEND_LEAKED_PASSWORDS,
    securityContact: read.ATTEND_SECURITY_CONTACT,
    smtpUrl: read.SMTP_URL,
    mailFrom: read.MAIL_FROM,
    trustProxyHops: read.TRUST_PROXY_HOPS,
    logLevel: read.LOG_LEVEL,
  }
}

/**
 * The configuration of a practice copy. It takes what is listed here and nothing else: neither the database, the keys nor
 * the carriers of the real one can reach it, whatever is set. Throws ConfigFault.
 */
export function readPracticeConfig(env: NodeJS.ProcessEnv = process.env): Config {
  const { HOST, LOG_LEVEL } = env
  const PORT = env['PRACTICE_PORT'] || String(practicePort)
  const ATTEND_DATA = join(env['ATTEND_DATA'] || './data', 'practice')
  return { ...readConfig({ ATTEND_DATA, HOST, LOG_LEVEL, PORT }), practice: true }
}

function kmsIn(read: Static<typeof Environment>): KmsSettings | undefined {
  const { ATTEND_KMS_KEY: key, ATTEND_KMS_URL: url } = read
  const {
    AWS_ACCESS_KEY_ID: accessKeyId,
    AWS_SECRET_ACCESS_KEY: secretAccessKey,
    AWS_SESSION_TOKEN: sessionToken,
  } = read
  if (!key || !accessKeyId || !secretAccessKey) return undefined
  return { key, url, login: { accessKeyId, secretAccessKey, sessionToken } }
}

function unsafeInProduction(read: Static<typeof Environment>): string[] {
  const faults: string[] = []
  const secret = read.ATTEND_SECRET
  if (!secret) faults.push('ATTEND_SECRET: give 32 or more random bytes, for example from `openssl rand -base64 48`')
  else if (new Set(secret).size < 12 || defaultSecrets.some((word) => secret.toLowerCase().startsWith(word)))
    faults.push('ATTEND_SECRET: this is a default or guessable secret; make a random one')
  if (!read.PUBLIC_URL)
    faults.push('PUBLIC_URL: say what patients type to get here, for example https://care.example.org')
  else if (!read.PUBLIC_URL.startsWith('https://')) faults.push('PUBLIC_URL: health information needs https')
  if (!read.SMTP_URL) faults.push('SMTP_URL: patients need their confirmations; the local mailbox is for development')
  if (read.ATTEND_KMS_URL?.startsWith('http:')) faults.push('ATTEND_KMS_URL: keys need https')
  if (read.DATABASE_URL && !isPrivate(read.DATABASE_URL))
    faults.push('DATABASE_URL: a database on another machine needs sslmode=verify-full')
  return faults
}

function isPrivate(url: string): boolean {
  const { hostname, searchParams } = new URL(url)
  const onThisMachine =
    ['localhost', '127.0.0.1', '[::1]', ''].includes(hostname) || searchParams.get('host')?.startsWith('/')
  return onThisMachine === true || searchParams.get('sslmode') === 'verify-full'
}

const nameIn = (instancePath: string, message: string) => instancePath.slice(1) || message
